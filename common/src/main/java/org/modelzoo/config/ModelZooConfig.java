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
    List<Method> methods = new ArrayList<>(experiment.methods());
    if (zoo.refit() && experiment.growsZoo()) {
      methods.add(Method.REFIT);
    }
    return methods;
  }

  /** The same on a cluster laid out in another way. */
  public ModelZooConfig withCluster(ClusterConfig other) {
    return new ModelZooConfig(
        experiment, data, network, training, zoo, replay, search, other, output, trackers);
  }

  /** What somebody who trains this experiment should be told. */
  public List<String> warnings() {
    boolean idle =
        experiment.growsZoo()
            && zoo.signal() == ZooConfig.Signal.TRAINING
            && data.validationShare() > 0;
    return idle
        ? List.of(
            "zoo.signal = training: the images held out by data.validation-share = %s drive nothing; the published algorithm trains on all, with data.validation-share = 0"
                .formatted(data.validationShare()))
        : List.of();
  }
}
