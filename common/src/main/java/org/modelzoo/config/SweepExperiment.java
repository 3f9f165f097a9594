package org.modelzoo.config;

import java.util.Map;

/**
 * One experiment of a sweep.
 *
 * @param name of its run directory inside the sweep's
 * @param values axis name → the name of its value, in the order of the axes
 */
public record SweepExperiment(String name, Map<String, String> values, LoadedConfig config) {}
