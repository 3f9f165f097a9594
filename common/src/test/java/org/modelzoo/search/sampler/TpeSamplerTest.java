package org.modelzoo.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.search.space.Choice;
import org.modelzoo.search.space.Space;

class TpeSamplerTest extends SamplerContract {
  @Override
  Sampler sampler(Space space, long seed) {
    return new TpeSampler(space, seed, 10, 24);
  }

  @Test
  void itProposesWhatWasGood() {
    History history = History.of(history(60));
    List<Double> proposed =
        IntStream.range(0, 50)
            .mapToObj(number -> (Double) sampler(MIXED, 1).propose(number, history).get("rate"))
            .toList();
    // The upper third of the logarithmic interval is good.
    assertThat(proposed).filteredOn(rate -> rate > 0.01).hasSizeGreaterThan(35);
  }

  @Test
  void beforeTheFirstEstimateItIsRandom() {
    List<Map<String, Object>> few =
        IntStream.range(0, 20)
            .mapToObj(n -> sampler(MIXED, 1).propose(n, History.of(history(9))))
            .toList();
    List<Map<String, Object>> none =
        IntStream.range(0, 20).mapToObj(n -> sampler(MIXED, 1).propose(n, new History())).toList();
    assertThat(few).isEqualTo(none);
  }

  /** What it proposed before histories were sorted as they grow. */
  @ParameterizedTest
  @CsvSource({"10, -1567200648", "60, 1858204174", "300, -1485948565", "1025, -776923283"})
  void upToAThousandOthersItsProposalsAreWhatTheyWere(int results, int hash) {
    History history = History.of(history(results));
    StringBuilder proposals = new StringBuilder();
    for (int number = 0; number < 5; number++) {
      proposals.append(new TreeMap<>(sampler(MIXED, 5).propose(number, history))).append(';');
    }
    assertThat(proposals.toString().hashCode()).isEqualTo(hash);
  }

  @Test
  void ofManyOthersTheNewestThousandCount() {
    List<Observation> all = history(3000);
    List<Observation> best = all.stream().sorted(Observation.BEST_FIRST).limit(25).toList();
    List<Observation> newest =
        all.stream().filter(it -> !best.contains(it)).skip(3000 - 25 - 1000).toList();
    List<Observation> counting = new ArrayList<>(best);
    counting.addAll(newest);
    for (int number = 0; number < 5; number++) {
      assertThat(sampler(MIXED, 5).propose(number, History.of(all)))
          .isEqualTo(sampler(MIXED, 5).propose(number, History.of(counting)));
    }
  }

  @Property(tries = 200)
  void theDensityOfAnIntervalIntegratesToOne(
      @ForAll @Size(max = 60) List<@DoubleRange(max = 1) Double> places) {
    Density density = ParzenDensity.of(places.stream().mapToDouble(Double::doubleValue).toArray());
    int steps = 4000;
    double integral =
        IntStream.range(0, steps)
            .mapToDouble(i -> Math.exp(density.logAt((i + 0.5) / steps)) / steps)
            .sum();
    assertThat(integral).isCloseTo(1, within(1e-3));
  }

  @Property(tries = 50)
  void drawsFollowTheDensity(
      @ForAll @Size(min = 1, max = 30) List<@DoubleRange(max = 1) Double> places,
      @ForAll long seed) {
    Density density = ParzenDensity.of(places.stream().mapToDouble(Double::doubleValue).toArray());
    SplittableRandom random = new SplittableRandom(seed);
    long below = IntStream.range(0, 4000).filter(i -> density.draw(random) < 0.5).count();
    double expected =
        IntStream.range(0, 2000)
            .mapToDouble(i -> Math.exp(density.logAt((i + 0.5) / 4000)) / 4000)
            .sum();
    assertThat(below / 4000.0).isCloseTo(expected, within(0.05));
  }

  @Test
  void aChoiceIsCountedOnceMoreThanSeen() {
    ChoiceDensity density =
        ChoiceDensity.of(new Choice(List.of("a", "b")), new double[] {0.1, 0.2, 0.9});
    assertThat(density.shares()).containsExactly(3 / 5.0, 2 / 5.0);
  }

  @Test
  void olderTrialsCountLess() {
    assertThat(AgeWeights.of(3)).containsExactly(1, 1, 1);
    double[] weights = AgeWeights.of(27);
    assertThat(weights[0]).isEqualTo(1.0 / 27);
    assertThat(weights[1]).isEqualTo(1);
    assertThat(weights[26]).isEqualTo(1);
  }
}
