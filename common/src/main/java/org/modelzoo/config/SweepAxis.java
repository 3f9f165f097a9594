package org.modelzoo.config;

import com.typesafe.config.Config;
import java.util.List;

/**
 * One thing in which the experiments of a sweep differ.
 *
 * @param repeats whether its values are repetitions that results are averaged over
 */
public record SweepAxis(String name, boolean repeats, List<Value> values) {

  /**
   * One value of an axis.
   *
   * @param name as tables show it
   * @param slug its part of an experiment's name
   * @param settings the keys that it sets
   */
  public record Value(String name, String slug, Config settings) {}
}
