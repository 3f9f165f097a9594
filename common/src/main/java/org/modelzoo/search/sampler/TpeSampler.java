package org.modelzoo.search.sampler;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.modelzoo.base.Seeds;
import org.modelzoo.search.space.Choice;
import org.modelzoo.search.space.Domain;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/**
 * The tree-structured Parzen estimator (Bergstra et al., "Algorithms for Hyper-Parameter
 * Optimization", 2011), with the choices that Optuna makes: the best γ = min(⌈n / 10⌉, 25) of n
 * trials are good; parameter by parameter, candidates are drawn from l, the density of the good
 * trials' values, and the one with the largest l / g wins, where g is the others' density. A
 * parameter learns from the trials in which it was active. Of more than 1,000 others the newest
 * 1,000 make g, so that a proposal costs the same after any number of trials. Trials that run are
 * not known to it: proposals made side by side differ by their random numbers alone (no "constant
 * liar").
 *
 * @param startupTrials random trials before the first estimate
 * @param candidates draws of which the best is taken
 */
public record TpeSampler(Space space, long seed, int startupTrials, int candidates)
    implements Sampler {
  private static final int MOST_GOOD = 25;
  private static final int MOST_OTHERS = 1000;

  @Override
  public Map<String, Object> propose(int number, History history) {
    SplittableRandom random = Seeds.random(seed, "search-tpe", number);
    double[] point = random.doubles(space.dimensions()).toArray();
    if (history.size() < startupTrials) {
      return space.decode(point);
    }
    int count = Math.min((history.size() + 9) / 10, MOST_GOOD);
    SortedSet<Observation> best =
        history.bestFirst().stream()
            .limit(count)
            .collect(Collectors.toCollection(() -> new TreeSet<>(Observation.BY_TRIAL)));
    List<double[]> good = points(best);
    List<double[]> others =
        points(
            history.newestFirst().stream()
                .filter(observation -> !best.contains(observation))
                .limit(MOST_OTHERS)
                .sorted(Observation.BY_TRIAL)
                .toList());
    List<Parameter> searched = space.searched();
    for (int i = 0; i < point.length; i++) {
      // Conditions name parameters further ahead only, whose coordinates are chosen by now.
      if (space.decode(point).containsKey(searched.get(i).name())) {
        Domain domain = searched.get(i).domain();
        point[i] = best(domain, density(domain, good, i), density(domain, others, i), random);
      }
    }
    return space.decode(point);
  }

  private List<double[]> points(Collection<Observation> observations) {
    return observations.stream()
        .map(observation -> space.encode(observation.parameters()))
        .toList();
  }

  private static Density density(Domain domain, List<double[]> points, int coordinate) {
    double[] places =
        points.stream()
            .mapToDouble(point -> point[coordinate])
            .filter(u -> !Double.isNaN(u))
            .toArray();
    return domain instanceof Choice choice
        ? ChoiceDensity.of(choice, places)
        : ParzenDensity.of(places);
  }

  private double best(Domain domain, Density good, Density others, SplittableRandom random) {
    return IntStream.range(0, candidates)
        .mapToObj(candidate -> snapped(domain, good.draw(random)))
        .max(
            (a, b) ->
                Double.compare(good.logAt(a) - others.logAt(a), good.logAt(b) - others.logAt(b)))
        .orElseThrow();
  }

  /** Where the value of a place has its own place, at which densities are compared. */
  private static double snapped(Domain domain, double u) {
    return domain.size() == Long.MAX_VALUE ? u : domain.encode(domain.decode(u));
  }
}
