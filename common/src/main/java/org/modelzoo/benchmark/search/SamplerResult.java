package org.modelzoo.benchmark.search;

import java.util.List;
import org.modelzoo.config.SamplerConfig;

/**
 * How a sampler did on a function, over all seeds.
 *
 * @param median regret after all trials, and its quartiles
 * @param wins seeds in which it ended lower than random search
 * @param probability of a difference from random search at least as large by chance, by the
 *     two-sided Mann–Whitney U test on the regrets; NaN for random search itself
 * @param curve median regret after every trial
 */
public record SamplerResult(
    TestFunction function,
    SamplerConfig.Method sampler,
    int seeds,
    double median,
    double lowerQuartile,
    double upperQuartile,
    int wins,
    double probability,
    List<Double> curve) {}
