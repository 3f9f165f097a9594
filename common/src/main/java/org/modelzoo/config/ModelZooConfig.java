package org.modelzoo.config;

import java.io.Serializable;

/** A whole experiment, read and checked once on the driver; immutable and serialisable. */
public record ModelZooConfig(
    ExperimentConfig experiment,
    DataConfig data,
    NetworkConfig network,
    TrainingConfig training,
    ZooConfig zoo,
    SearchConfig search,
    ClusterConfig cluster,
    OutputConfig output,
    TrackersConfig trackers)
    implements Serializable {}
