package org.modelzoo.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HistoryTest {
  /** Few losses and resources, so that there are ties; some trials diverged. */
  @Property(tries = 200)
  void itsOrdersAreThoseOfAllNewestObservations(
      @ForAll @IntRange(max = 80) int results, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    History history = new History();
    Map<Integer, Observation> newest = new TreeMap<>();
    for (int i = 0; i < results; i++) {
      double loss = random.nextInt(5) == 0 ? Double.POSITIVE_INFINITY : random.nextInt(6);
      Observation observation =
          new Observation(random.nextInt(40), Map.of(), 1 + random.nextInt(3), loss);
      history.add(observation);
      newest.put(observation.trial(), observation);
    }
    List<Observation> ranked = newest.values().stream().sorted(Observation.BEST_FIRST).toList();
    assertThat(history.size()).isEqualTo(newest.size());
    assertThat(history.bestFirst()).containsExactlyElementsOf(ranked);
    assertThat(history.oldestFirst()).containsExactlyElementsOf(newest.values());
    assertThat(List.copyOf(history.newestFirst()))
        .isSortedAccordingTo(Observation.BY_TRIAL.reversed())
        .hasSize(newest.size());
    Optional<Observation> best =
        ranked.stream().filter(it -> Double.isFinite(it.loss())).findFirst();
    assertThat(history.best()).isEqualTo(best);
  }
}
