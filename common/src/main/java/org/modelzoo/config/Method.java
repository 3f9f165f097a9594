package org.modelzoo.config;

/** How the tasks of an experiment are distributed over networks. */
public enum Method {
  /** The Model Zoo: rounds of members, each trained on a sampled subset of the tasks. */
  ZOO,
  /** One member per task, each trained alone: the baseline of the paper. */
  ISOLATED,
  /** One member trained on all tasks, one head per task. */
  MULTI_HEAD
}
