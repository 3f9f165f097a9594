package org.modelzoo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.Score;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

class RunHistoryTest {
  private static final List<Double> WEIGHTS = List.of(1.0, 1.0, 1.0);

  private static final Round FIRST =
      new Round(
          0,
          List.of(1.0, 1.0, 1.0),
          List.of(member("a", 0, 1), Round.Member.diverged("b", List.of(1))),
          List.of(test(0, 0.5), test(1, 0.25)));

  private static final Round SECOND =
      new Round(
          1,
          List.of(0.5, 2.0, 1.0),
          List.of(member("c", 2, 0)),
          List.of(test(0, 0.75), test(2, 0.125), new SplitScore(2, Split.TRAIN, 0.25, 1.0)));

  private static final RunHistory HISTORY = RunHistory.EMPTY.with(FIRST).with(SECOND);

  @TempDir private Path directory;

  @Test
  void knowsTheEnsembleOfAnyTaskAfterAnyRound() {
    assertThat(HISTORY.members()).extracting(Round.Member::id).containsExactly("a", "c");
    assertThat(HISTORY.ensemble(0, 1)).extracting(Round.Member::id).containsExactly("a");
    assertThat(HISTORY.ensemble(0, 2)).extracting(Round.Member::id).containsExactly("a", "c");
    assertThat(HISTORY.ensemble(2, 1)).isEmpty();
    assertThat(HISTORY.ensemble(0, 2).get(1).weight(2)).isEqualTo(2);
    assertThat(HISTORY.ensemble(0, 2).get(1).weight(0)).isEqualTo(1);
    assertThat(HISTORY.diverged()).isEqualTo(1);
  }

  @Test
  void aMemberThatContinuesAnotherTakesItsPlaceInTheEnsembles() {
    RunHistory history =
        RunHistory.EMPTY
            .with(new Round(0, WEIGHTS, List.of(member("a", 0)), List.of(test(0, 0.5))))
            .with(
                new Round(
                    1,
                    WEIGHTS,
                    List.of(member("b", 0, 1).continuing("a")),
                    List.of(test(0, 0.25), test(1, 0.75))));

    assertThat(history.members()).extracting(Round.Member::id).containsExactly("a", "b");
    assertThat(history.ensembleMembers()).extracting(Round.Member::id).containsExactly("b");
    assertThat(history.ensemble(0, 1)).extracting(Round.Member::id).containsExactly("a");
    assertThat(history.ensemble(0, 2)).extracting(Round.Member::id).containsExactly("b");
    assertThat(history.matrix().round(1)).containsExactly(0.25, 0.75, Double.NaN);
  }

  @Test
  void aTaskKeepsItsScoreUntilThereIsANewOne() {
    assertThat(HISTORY.score(0, Split.TEST)).contains(new Score(0.75, 0.25));
    assertThat(HISTORY.score(1, Split.TEST)).contains(new Score(0.25, 0.75));
    assertThat(HISTORY.score(0, Split.TRAIN)).isEmpty();
    assertThat(HISTORY.losses(3, Split.TEST)).containsExactly(0.25, 0.75, 0.875);
    assertThat(HISTORY.losses(3, Split.TRAIN)).containsExactly(Double.NaN, Double.NaN, 0.25);
    assertThat(HISTORY.averageAccuracy()).isEqualTo(0.375);
  }

  @Test
  void theMatrixHasAllRounds() {
    assertThat(HISTORY.matrix().round(0)).containsExactly(0.5, 0.25, Double.NaN);
    assertThat(HISTORY.matrix().round(1)).containsExactly(0.75, 0.25, 0.125);
    assertThat(HISTORY.matrix().firstTrained(2)).hasValue(1);
    assertThat(RunHistory.EMPTY.matrix().rounds()).isZero();
  }

  @Test
  void aRoundMoreLeavesTheHistoryBeforeAsItIs() {
    RunHistory before = RunHistory.EMPTY.with(FIRST);
    before.with(SECOND);
    assertThat(before.rounds()).containsExactly(FIRST);
    assertThat(before.score(0, Split.TEST)).contains(new Score(0.5, 0.5));
    assertThatThrownBy(() -> before.rounds().add(SECOND))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesARoundOutOfTurnOrWithoutTheScoreOfATrainedTask() {
    assertThatThrownBy(() -> RunHistory.EMPTY.with(SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("round 1 follows on 0 rounds");
    Round unmeasured = new Round(0, List.of(1.0), List.of(member("a", 0)), List.of());
    assertThatThrownBy(() -> RunHistory.EMPTY.with(unmeasured))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("round 0 has no test score of a task of a");
  }

  @Test
  void readsTheRoundsOfADirectoryUpToADamagedOne() {
    RunDirectory run = RunDirectory.at(directory.toString(), new Configuration());
    assertThat(RunHistory.read(run).rounds()).isEmpty();
    new RoundStore(run).commit(FIRST);
    new RoundStore(run).commit(SECOND);
    assertThat(RunHistory.read(run).rounds()).containsExactly(FIRST, SECOND);

    run.write("rounds/round-001.json", new byte[] {'{', '}'});
    assertThatThrownBy(() -> RunHistory.read(run))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("round-001.json is damaged")
        .hasMessageEndingWith("; restore it, or start over with --fresh");
    List<String> damages = new ArrayList<>();
    assertThat(RunHistory.read(run, damages::add).rounds()).containsExactly(FIRST);
    assertThat(damages).hasSize(1);
  }

  private static Round.Member member(String id, Integer... tasks) {
    List<Double> weights = new ArrayList<>();
    for (int task : tasks) {
      weights.add(task == 2 ? 2.0 : 1.0);
    }
    return Round.Member.completed(id, List.of(tasks), weights, List.of());
  }

  /** A loss and an accuracy with the sum 1. */
  private static SplitScore test(int task, double accuracy) {
    return new SplitScore(task, Split.TEST, 1 - accuracy, accuracy);
  }
}
