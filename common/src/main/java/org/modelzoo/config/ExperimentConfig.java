package org.modelzoo.config;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is run.
 *
 * @param name names the run directory under {@code output.directory}
 * @param seed every random choice derives from it
 * @param method how tasks are distributed over networks
 * @param baselines further methods to run beside it and compare with, in their own run directories
 */
public record ExperimentConfig(String name, long seed, Method method, List<Method> baselines)
    implements Serializable {
  /** The method, and the baselines after it. */
  public List<Method> methods() {
    return Stream.concat(Stream.of(method), baselines.stream()).toList();
  }

  /** Whether one of the methods is the zoo. */
  public boolean growsZoo() {
    return methods().contains(Method.ZOO);
  }
}
