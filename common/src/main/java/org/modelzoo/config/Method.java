package org.modelzoo.config;

import java.util.List;
import java.util.stream.Stream;

/** How the tasks of an experiment are distributed over networks. */
public enum Method {
  /** The Model Zoo: rounds of members, each trained on a sampled subset of the tasks. */
  ZOO,
  /** One member per task, each trained alone: the baseline of the paper. */
  ISOLATED,
  /** One member trained on all tasks, one head per task. */
  MULTI_HEAD,
  /**
   * For each task as many members trained on it alone as the zoo of the same experiment has on it,
   * in the same rounds: what ensembling gives without shared networks.
   */
  ISOLATED_ENSEMBLE,
  /** One network, trained on one task after the other: the floor of continual learning. */
  FINE_TUNING,
  /**
   * As fine-tuning, with images of earlier tasks mixed in from a reservoir (experience replay,
   * Chaudhry et al., 2019).
   */
  REPLAY,
  /** The members of the experiment's finished zoo once more, on all images, held out or not. */
  REFIT;

  /** Those that a configuration may name; a refit comes with {@code zoo.refit}. */
  static final List<Method> CHOICES =
      Stream.of(values()).filter(method -> method != REFIT).toList();

  /** Whether it trains one network, which each round continues with a new task. */
  public boolean isSequential() {
    return this == FINE_TUNING || this == REPLAY;
  }

  /** Whether its rounds are those of the finished zoo of the same experiment. */
  public boolean followsZoo() {
    return this == ISOLATED_ENSEMBLE || this == REFIT;
  }
}
