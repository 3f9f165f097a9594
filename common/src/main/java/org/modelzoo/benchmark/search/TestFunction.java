package org.modelzoo.benchmark.search;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.modelzoo.base.Seeds;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/** Functions to be minimised whose minima are known; observed with normal noise. */
public enum TestFunction {
  /** Σ (x_i − c_i)² on [−5, 5]⁵. */
  QUADRATIC(0, 0.5) {
    private static final double[] CENTRE = {1, -2, 0.5, 3, -1};

    @Override
    public Space space() {
      return cube(-5, 5, CENTRE.length);
    }

    @Override
    double at(double[] x) {
      return IntStream.range(0, x.length)
          .mapToDouble(i -> (x[i] - CENTRE[i]) * (x[i] - CENTRE[i]))
          .sum();
    }
  },

  /** Branin's function on [−5, 10] × [0, 15]: three minima in a curved valley. */
  BRANIN(0.39788735772973816, 0.5) {
    @Override
    public Space space() {
      return Space.of(Parameter.uniform("x0", -5, 10), Parameter.uniform("x1", 0, 15));
    }

    @Override
    double at(double[] x) {
      double valley = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
      return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x[0]) + 10;
    }
  },

  /** Hartmann's function on [0, 1]⁶: six minima. */
  HARTMANN_6(-3.322368011415515, 0.1) {
    @Override
    public Space space() {
      return cube(0, 1, 6);
    }

    @Override
    double at(double[] x) {
      double sum = 0;
      for (int i = 0; i < HartmannConstants.HEIGHTS.length; i++) {
        double exponent = 0;
        for (int j = 0; j < x.length; j++) {
          double distance = x[j] - HartmannConstants.CENTRES[i][j] / 10_000.0;
          exponent += HartmannConstants.WIDTHS[i][j] * distance * distance;
        }
        sum -= HartmannConstants.HEIGHTS[i] * StrictMath.exp(-exponent);
      }
      return sum;
    }
  };

  private final double minimum;
  private final double noise;

  TestFunction(double minimum, double noise) {
    this.minimum = minimum;
    this.noise = noise;
  }

  private static Space cube(double lowest, double highest, int dimensions) {
    return Space.of(
        IntStream.range(0, dimensions)
            .mapToObj(i -> Parameter.uniform("x" + i, lowest, highest))
            .toArray(Parameter[]::new));
  }

  /** Where it is defined; parameters x0, x1, … */
  public abstract Space space();

  abstract double at(double[] x);

  /** How far the value without noise is above the minimum. */
  public double regret(Map<String, Object> parameters) {
    double[] x = new double[parameters.size()];
    Arrays.setAll(x, i -> (Double) parameters.get("x" + i));
    return at(x) - minimum;
  }

  /** The value with the noise of one trial. */
  public double observe(Map<String, Object> parameters, long seed, int trial) {
    SplittableRandom random = Seeds.random(seed, "search-noise", trial);
    return regret(parameters) + minimum + noise * random.nextGaussian();
  }

  /** Standard deviation of the noise. */
  public double noise() {
    return noise;
  }
}
