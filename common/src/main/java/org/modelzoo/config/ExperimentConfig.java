package org.modelzoo.config;

import java.io.Serializable;
import java.util.List;

/**
 * What is run.
 *
 * @param name names the run directory under {@code output.directory}
 * @param seed every random choice derives from it
 * @param method how tasks are distributed over networks
 * @param baselines further methods to run beside it and compare with, in their own run directories
 */
public record ExperimentConfig(String name, long seed, Method method, List<Method> baselines)
    implements Serializable {}
