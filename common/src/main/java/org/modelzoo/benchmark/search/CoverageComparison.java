package org.modelzoo.benchmark.search;

import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.modelzoo.search.sampler.History;
import org.modelzoo.search.sampler.QuasiRandomSampler;
import org.modelzoo.search.sampler.RandomSampler;
import org.modelzoo.search.sampler.Sampler;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/** How evenly random and quasi-random points cover a cube. */
public final class CoverageComparison {
  /** As many parameters as the original searches. */
  public static final int DIMENSIONS = 4;

  /**
   * The centred discrepancies of so many points.
   *
   * @param random median over the seeds
   * @param quasiRandom median over the seeds
   * @param wins seeds in which the quasi-random points covered better
   */
  public record Coverage(int points, double random, double quasiRandom, int wins) {}

  private CoverageComparison() {}

  /** The comparison for a number of points. */
  public static Coverage run(int points, int seeds) {
    Space space =
        Space.of(
            IntStream.range(0, DIMENSIONS)
                .mapToObj(i -> Parameter.uniform("x" + i, 0, 1))
                .toArray(Parameter[]::new));
    double[] random =
        IntStream.range(0, seeds)
            .mapToDouble(seed -> discrepancy(new RandomSampler(space, seed), points))
            .toArray();
    double[] quasiRandom =
        IntStream.range(0, seeds)
            .mapToDouble(seed -> discrepancy(new QuasiRandomSampler(space, seed), points))
            .toArray();
    int wins = (int) IntStream.range(0, seeds).filter(i -> quasiRandom[i] < random[i]).count();
    Percentile median = new Percentile(50);
    return new Coverage(points, median.evaluate(random), median.evaluate(quasiRandom), wins);
  }

  private static double discrepancy(Sampler sampler, int points) {
    return Discrepancy.centred(
        IntStream.range(0, points)
            .mapToObj(number -> sampler.space().encode(sampler.propose(number, new History())))
            .toList());
  }
}
