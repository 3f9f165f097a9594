package org.modelzoo.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A whole experiment, read and checked once on the driver; immutable and serialisable. */
public record ModelZooConfig(
    ExperimentConfig experiment,
    DataConfig data,
    NetworkConfig network,
    TrainingConfig training,
    ZooConfig zoo,
    ReplayConfig replay,
    SearchConfig search,
    ClusterConfig cluster,
    OutputConfig output,
    TrackersConfig trackers)
    implements Serializable {

  /** All that is trained: the method first, its baselines, and the refit of a zoo among them. */
  public List<Method> methods() {
    List<Method> methods = new ArrayList<>();
    methods.add(experiment.method());
    methods.addAll(experiment.baselines());
    if (zoo.refit() && methods.contains(Method.ZOO)) {
      methods.add(Method.REFIT);
    }
    return methods;
  }
}
