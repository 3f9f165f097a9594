package org.modelzoo.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/** What every sampler keeps. */
abstract class SamplerContract {
  static final Space MIXED =
      Space.of(
          Parameter.logUniform("rate", 1e-4, 1e-1),
          Parameter.choice("batch", 8, 16, 32, 128),
          Parameter.whole("layers", 1, 5),
          Parameter.logWhole("units", 4, 64).step(4),
          Parameter.uniform("dropout", 0.1, 0.5).step(0.1).when("batch", 8, 16),
          Parameter.fixed("momentum", 0.9));

  abstract Sampler sampler(Space space, long seed);

  @Test
  void everyProposalIsInTheSpace() {
    Sampler sampler = sampler(MIXED, 1);
    for (int results : new int[] {0, 1, 15, 60}) {
      List<Observation> history = history(results);
      for (int number = 0; number < 40; number++) {
        Map<String, Object> proposal = sampler.propose(number, History.of(history));
        assertThat(MIXED.complete(proposal)).isEqualTo(proposal);
      }
    }
  }

  @Test
  void aProposalDependsOnSeedNumberAndResultsOnly() {
    for (int results : new int[] {0, 30}) {
      List<Observation> history = history(results);
      List<Observation> otherOrder = new ArrayList<>(history);
      Collections.shuffle(otherOrder, new Random(3));
      Sampler used = sampler(MIXED, 5);
      IntStream.range(0, 20).forEach(number -> used.propose(number, History.of(history(number))));
      for (int number = 20; number > 0; number--) {
        assertThat(used.propose(number, History.of(otherOrder)))
            .isEqualTo(sampler(MIXED, 5).propose(number, History.of(history)));
      }
    }
  }

  @Test
  void anotherSeedGivesOtherProposals() {
    List<Observation> history = history(30);
    assertThat(proposals(sampler(MIXED, 1), history))
        .isNotEqualTo(proposals(sampler(MIXED, 2), history));
  }

  @Test
  void proposalsDiffer() {
    assertThat(proposals(sampler(MIXED, 1), history(30)).stream().distinct().count())
        .isGreaterThan(10);
  }

  @Test
  void oneValueIsASpaceToo() {
    Space single = Space.of(Parameter.fixed("a", 1), Parameter.whole("b", 3, 3));
    Map<String, Object> only = Map.of("a", 1L, "b", 3L);
    List<Observation> history =
        List.of(new Observation(0, only, 1, 2), new Observation(1, only, 1, 3));

    assertThat(sampler(single, 1).propose(0, History.of(history))).isEqualTo(only);
    assertThat(sampler(Space.of(Parameter.fixed("a", 1)), 1).propose(0, new History()))
        .isEqualTo(Map.of("a", 1L));
  }

  @Test
  void divergedTrialsAreResults() {
    List<Observation> history =
        history(20).stream()
            .map(it -> new Observation(it.trial(), it.parameters(), 1, Double.POSITIVE_INFINITY))
            .toList();
    assertThat(MIXED.complete(sampler(MIXED, 1).propose(3, History.of(history)))).isNotEmpty();
  }

  @Test
  void itTellsItsSettings() {
    assertThat(sampler(MIXED, 77)).asString().contains("seed=77", "rate", "0.1");
    assertThat(sampler(MIXED, 77)).hasToString(sampler(MIXED, 77).toString());
  }

  private static List<Map<String, Object>> proposals(Sampler sampler, List<Observation> history) {
    return IntStream.range(0, 20)
        .mapToObj(number -> sampler.propose(number, History.of(history)))
        .toList();
  }

  /** Random trials of which those with a large rate are better. */
  static List<Observation> history(int size) {
    List<Observation> history = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(9);
    for (int trial = 0; trial < size; trial++) {
      Map<String, Object> parameters = MIXED.decode(random.doubles(5).toArray());
      double loss = -StrictMath.log((Double) parameters.get("rate"));
      history.add(new Observation(trial, parameters, 1 + trial % 2, loss));
    }
    return history;
  }
}
