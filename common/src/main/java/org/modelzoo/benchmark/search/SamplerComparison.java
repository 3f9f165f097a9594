package org.modelzoo.benchmark.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.modelzoo.config.SamplerConfig;
import org.modelzoo.search.sampler.History;
import org.modelzoo.search.sampler.Observation;
import org.modelzoo.search.sampler.OnePlusOneSampler;
import org.modelzoo.search.sampler.QuasiRandomSampler;
import org.modelzoo.search.sampler.RandomSampler;
import org.modelzoo.search.sampler.Sampler;
import org.modelzoo.search.sampler.TpeSampler;
import org.modelzoo.search.space.Space;

/**
 * Samplers on functions with known minima, the same number of trials each, one after the other,
 * over several seeds. Their measure is the regret: how far the value without noise of the trial
 * that looked best is above the minimum.
 */
public final class SamplerComparison {
  private static final int STARTUP_TRIALS = 10;
  private static final int CANDIDATES = 24;
  private static final double INITIAL_STEP = 0.25;

  private final int seeds;
  private final int trials;

  public SamplerComparison(int seeds, int trials) {
    this.seeds = seeds;
    this.trials = trials;
  }

  /** All samplers but the grid on one function; random search, with which they compare, first. */
  public List<SamplerResult> run(TestFunction function) {
    Map<SamplerConfig.Method, double[][]> regrets = new LinkedHashMap<>();
    for (SamplerConfig.Method method :
        List.of(
            SamplerConfig.Method.RANDOM,
            SamplerConfig.Method.QUASI_RANDOM,
            SamplerConfig.Method.ONE_PLUS_ONE,
            SamplerConfig.Method.TPE)) {
      regrets.put(
          method,
          IntStream.range(0, seeds)
              .mapToObj(seed -> regrets(sampler(method, function.space(), seed), function, seed))
              .toArray(double[][]::new));
    }
    double[] random = at(regrets.get(SamplerConfig.Method.RANDOM), trials - 1);
    List<SamplerResult> results = new ArrayList<>();
    regrets.forEach((method, bySeed) -> results.add(result(function, method, bySeed, random)));
    return results;
  }

  private SamplerResult result(
      TestFunction function, SamplerConfig.Method method, double[][] bySeed, double[] random) {
    double[] last = at(bySeed, trials - 1);
    boolean itself = method == SamplerConfig.Method.RANDOM;
    int wins = (int) IntStream.range(0, seeds).filter(seed -> last[seed] < random[seed]).count();
    return new SamplerResult(
        function,
        method,
        seeds,
        quantile(last, 50),
        quantile(last, 25),
        quantile(last, 75),
        itself ? 0 : wins,
        itself ? Double.NaN : new MannWhitneyUTest().mannWhitneyUTest(last, random),
        IntStream.range(0, trials).mapToObj(trial -> quantile(at(bySeed, trial), 50)).toList());
  }

  private static double[] at(double[][] bySeed, int trial) {
    return Arrays.stream(bySeed).mapToDouble(curve -> curve[trial]).toArray();
  }

  private static double quantile(double[] values, double percent) {
    return new Percentile(percent).evaluate(values);
  }

  private static Sampler sampler(SamplerConfig.Method method, Space space, long seed) {
    return switch (method) {
      case RANDOM -> new RandomSampler(space, seed);
      case QUASI_RANDOM -> new QuasiRandomSampler(space, seed);
      case ONE_PLUS_ONE -> new OnePlusOneSampler(space, seed, INITIAL_STEP);
      case TPE -> new TpeSampler(space, seed, STARTUP_TRIALS, CANDIDATES);
      case GRID -> throw new IllegalArgumentException("a grid has its own number of trials");
    };
  }

  /** The regret of the best-looking trial after every trial. */
  private double[] regrets(Sampler sampler, TestFunction function, long seed) {
    History history = new History();
    double[] regrets = new double[trials];
    double best = Double.POSITIVE_INFINITY;
    for (int trial = 0; trial < trials; trial++) {
      Map<String, Object> parameters = sampler.propose(trial, history);
      double observed = function.observe(parameters, seed, trial);
      history.add(new Observation(trial, parameters, 1, observed));
      regrets[trial] = observed < best ? function.regret(parameters) : regrets[trial - 1];
      best = Math.min(best, observed);
    }
    return regrets;
  }
}
