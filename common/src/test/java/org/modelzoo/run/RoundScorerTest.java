package org.modelzoo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

class RoundScorerTest {
  private static final ModelZooConfig CONFIG =
      ConfigLoader.load(
              List.of(),
              List.of(
                  "data.set.source.classes-per-task=2",
                  "data.validation-share=0",
                  "zoo.signal=training",
                  "zoo.mode=continual",
                  "zoo.replay-fraction=0.5"))
          .values();

  private final RoundScorer scorer = new RoundScorer(CONFIG, Method.ZOO);

  @Test
  void aTaskWithoutAMemberIsGuessed() {
    Round round = score(0, 2, member(0, 0, 0));
    assertThat(round.scores())
        .contains(
            new SplitScore(1, Split.TRAIN, Math.log(2), 0.5),
            new SplitScore(1, Split.TEST, Math.log(2), 0.5));
  }

  @Test
  void onlyTasksThatGotAMemberOrAreNewAreScoredAgain() {
    assertThat(tasks(score(0, 2, member(0, 0, 0)))).containsExactly(0, 1);
    assertThat(tasks(score(1, 3, member(1, 0, 1)))).containsExactly(1, 2);
    assertThat(tasks(score(2, 3, member(2, 0, 0)))).containsExactly(0);
  }

  /** The member that met task 0 when it was new counts 1/r = 2, the later one 1. */
  @Test
  void headsAreWeightedAsPublished() {
    score(0, 1, arriving(0, 0.9f));
    Round round = score(1, 2, new Planned(tasks(1, 1, 0), predictions(0.6f, 1, 0)));
    assertThat(round.members().get(0).headWeights()).containsExactly(2.0, 1.0);
    double probability = (2.0 * 0.9f + 0.6f) / 3;
    assertThat(loss(round, 0)).isCloseTo(-Math.log(probability), within(1e-12));
    assertThat(round.members().get(0).score(0, Split.TEST).orElseThrow().loss())
        .isCloseTo(-Math.log(0.6f), within(1e-12));
  }

  @Test
  void aMemberThatContinuesAnotherTakesItsPlace() {
    RoundScorer sequential = new RoundScorer(CONFIG, Method.FINE_TUNING);
    score(sequential, 0, 1, arriving(0, 0.9f));
    Round round = score(sequential, 1, 2, new Planned(tasks(1, 0, 1), predictions(0.25f, 0, 1)));

    assertThat(round.members().get(0).continues()).isEqualTo("round-000-member-00");
    assertThat(round.members().get(0).headWeights()).containsExactly(1.0, 1.0);
    assertThat(loss(round, 0)).isCloseTo(-Math.log(0.25), within(1e-12));
    assertThat(loss(round, 1)).isCloseTo(-Math.log(0.25), within(1e-12));
  }

  @Test
  void aDivergedMemberHasNoPartInIt() {
    MemberTasks diverged = new MemberTasks(0, 1, List.of(0), OptionalInt.of(0));
    Planned trained = arriving(0, 0.9f);
    Round round =
        scorer.score(
            new RoundPlan(0, List.of(1.0), List.of(trained.member(), diverged)),
            Map.of(trained.member(), trained.predictions()),
            1);
    assertThat(round.members()).extracting(Round.Member::diverged).containsExactly(false, true);
    assertThat(loss(round, 0)).isCloseTo(-Math.log(0.9f), within(1e-12));
  }

  private record Planned(MemberTasks member, Predictions predictions) {}

  private static Planned arriving(int round, float probability) {
    return new Planned(tasks(round, round), predictions(probability, round));
  }

  private static Planned member(int round, int number, int task) {
    return new Planned(
        new MemberTasks(round, number, List.of(task), OptionalInt.empty()),
        predictions(0.8f, task));
  }

  /** The first of the tasks arrives with the round. */
  private static MemberTasks tasks(int round, int... tasks) {
    return new MemberTasks(round, 0, Arrays.stream(tasks).boxed().toList(), OptionalInt.of(round));
  }

  private static Predictions predictions(float probability, int... tasks) {
    return new Predictions(
        Arrays.stream(tasks)
            .boxed()
            .flatMap(
                task ->
                    IntStream.of(0, 2)
                        .mapToObj(
                            split ->
                                new Block(
                                    task,
                                    Split.values()[split],
                                    2,
                                    new short[] {0},
                                    new float[] {probability, 1 - probability})))
            .toList());
  }

  private Round score(int round, int seen, Planned... members) {
    return score(scorer, round, seen, members);
  }

  private static Round score(RoundScorer scorer, int round, int seen, Planned... members) {
    Map<MemberTasks, Predictions> predictions = new LinkedHashMap<>();
    for (Planned member : members) {
      predictions.put(member.member(), member.predictions());
    }
    return scorer.score(
        new RoundPlan(round, List.of(1.0, 1.0, 1.0), List.copyOf(predictions.keySet())),
        predictions,
        seen);
  }

  private static List<Integer> tasks(Round round) {
    return round.scores().stream().map(SplitScore::task).distinct().toList();
  }

  private static double loss(Round round, int task) {
    return round.scores().stream()
        .filter(score -> score.task() == task && score.split() == Split.TEST)
        .findFirst()
        .orElseThrow()
        .loss();
  }
}
