package org.modelzoo.search.sampler;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.modelzoo.base.Seeds;
import org.modelzoo.search.space.Choice;
import org.modelzoo.search.space.Domain;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/**
 * The (1+1) evolution strategy: mutates the best trial so far by normal noise in the unit cube. Its
 * step doubles with each trial that is better than all before it, and shrinks by the fourth root of
 * two with every other, so that it stays where one in five is better (Rechenberg's rule, with the
 * factors that Kern et al., 2004, recommend). The first trial is the middle of the space. Choices
 * change with the probability of one in the number of parameters.
 *
 * @param initialStep first standard deviation σ, in shares of each interval
 */
public record OnePlusOneSampler(Space space, long seed, double initialStep) implements Sampler {
  private static final double SUCCESS = 2;
  private static final double FAILURE = StrictMath.pow(SUCCESS, -0.25);
  private static final double LARGEST_STEP = 1;
  private static final double SMALLEST_STEP = 1e-6;

  @Override
  public Map<String, Object> propose(int number, History history) {
    Observation parent = null;
    double step = initialStep;
    for (Observation child : history.oldestFirst()) {
      boolean better = parent == null || Observation.BEST_FIRST.compare(child, parent) < 0;
      if (parent != null) {
        double next = step * (better ? SUCCESS : FAILURE);
        step = Math.max(SMALLEST_STEP, Math.min(LARGEST_STEP, next));
      }
      parent = better ? child : parent;
    }
    double[] origin =
        parent == null ? new double[space.dimensions()] : space.encode(parent.parameters());
    for (int i = 0; i < origin.length; i++) {
      origin[i] = parent == null || Double.isNaN(origin[i]) ? 0.5 : origin[i];
    }
    return space.decode(parent == null && number == 0 ? origin : mutated(origin, step, number));
  }

  private double[] mutated(double[] origin, double step, int number) {
    SplittableRandom random = Seeds.random(seed, "search-one-plus-one", number);
    double[] point = origin.clone();
    List<Parameter> searched = space.searched();
    for (int i = 0; i < point.length; i++) {
      Domain domain = searched.get(i).domain();
      // Always drawn, so that a coordinate's noise does not depend on the others' domains.
      double noise = random.nextGaussian();
      double chance = random.nextDouble();
      double other = random.nextDouble();
      if (domain instanceof Choice choice) {
        point[i] = chance * point.length < 1 ? another(choice, point[i], other) : point[i];
      } else {
        // Below half the distance of neighbours, nothing would change any more.
        double least = 0.5 / domain.size();
        point[i] = reflected(point[i] + noise * Math.max(step, least));
      }
    }
    return point;
  }

  private static double another(Choice choice, double place, double u) {
    int others = (int) choice.size() - 1;
    int shift = others == 0 ? 0 : 1 + Math.min((int) (u * others), others - 1);
    return choice.place((choice.index(place) + shift) % (others + 1));
  }

  /** Back into the unit interval as by mirrors at its ends. */
  private static double reflected(double u) {
    double folded = Math.abs(u) % 2;
    return folded > 1 ? 2 - folded : folded;
  }
}
