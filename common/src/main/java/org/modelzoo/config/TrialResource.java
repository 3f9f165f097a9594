package org.modelzoo.config;

/**
 * What a trial is given bit by bit: epochs of its members, or rounds of its zoo.
 *
 * @param key that says how much the whole is
 * @param unit for people
 * @param maximum the whole
 */
public record TrialResource(String key, String unit, int maximum) {
  /** The resource of an experiment's trials. */
  public static TrialResource of(ModelZooConfig config) {
    return config.experiment().method() == Method.ZOO
        ? new TrialResource("zoo.rounds", "rounds", config.zoo().rounds())
        : new TrialResource("training.epochs", "epochs", config.training().epochs());
  }

  /**
   * How far a trial is trained that is to reach this resource: to its own end where that is the
   * whole, since a trial may have another number of epochs or rounds.
   */
  public int until(int resource, ModelZooConfig trial) {
    return resource == maximum ? of(trial).maximum() : resource;
  }
}
