package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.modelzoo.report.live.LiveTable;
import org.modelzoo.search.TrialState;
import org.modelzoo.spark.event.Place;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.TableChanged;
import org.modelzoo.spark.event.StudyProgress;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberProgress;

class SearchTablesTest {
  private final List<RunEvent> heard = new ArrayList<>();
  private final SearchTables tables = new SearchTables(heard::add);

  @Test
  void theStateOfTheSearchIsATable() {
    RunEvent event = progressed("");
    tables.on(event);
    assertThat(heard).startsWith(event);
    LiveTable state = ((TableChanged) heard.get(1)).table();
    assertThat(state.title()).isEqualTo("search small");
    assertThat(state.header())
        .containsExactly("best", "trials", "running", "paused", "rungs", "images/s", "ETA");
    assertThat(state.rows())
        .containsExactly(
            List.of("accuracy 0.5000 (trial 0)", "3 of 27", "2", "1", "1", "1,250", "1:05"));
  }

  @Test
  void aTrialIsInTrainingUntilItsRungEnds() {
    tables.on(progressed(""));
    tables.on(member("small trial-00010"));
    tables.on(member("small trial-00001"));
    tables.on(member("small trial-00010"));
    assertThat(training())
        .extracting(row -> row.get(0))
        .containsExactly("trial-00001", "trial-00010");
    assertThat(training().get(0))
        .containsExactly("trial-00001", "member-00", "1/18", "1.2500", "0.500", "640", "cpu");
    tables.on(progressed("trial-00001 rung 1, 2 epochs: validation-accuracy 0.4000"));
    assertThat(training()).extracting(row -> row.get(0)).containsExactly("trial-00010");
  }

  @Test
  void aMemberOfAZooIsInTrainingUntilItEnds() {
    tables.on(progressed(""));
    tables.on(member("small trial-00001"));
    tables.on(
        new RunEvent.MemberFinished(
            "small trial-00001", "member-00", new MemberOutcome.Cancelled()));
    assertThat(training()).isEmpty();
  }

  @Test
  void wordThatComesAfterTheRungIsNotKept() {
    tables.on(progressed(""));
    tables.on(progressed("trial-00001 rung 1, 2 epochs: validation-accuracy 0.4000"));
    tables.on(member("small trial-00001"));
    tables.on(member("small trial-00002"));
    tables.on(member("small trial-00003"));
    tables.on(progressed(""));
    assertThat(training())
        .extracting(row -> row.get(0))
        .containsExactly("trial-00002", "trial-00003");
  }

  @Test
  void runsAreNoTrials() {
    tables.on(progressed(""));
    heard.clear();
    tables.on(member("zoo"));
    tables.on(member("other trial-00001"));
    assertThat(heard).hasSize(2).doesNotHaveAnyElementsOfTypes(TableChanged.class);
  }

  @Test
  void withoutATerminalAnEndedRungIsALine() {
    assertThat(new EventText().of(progressed("trial-00001 rung 1, 2 epochs: accuracy 0.4000")))
        .hasValue(
            "small: trial-00001 rung 1, 2 epochs: accuracy 0.4000 (3 of 27 trials, best accuracy 0.5000 (trial 0), ETA 1:05)");
    assertThat(new EventText().of(progressed(""))).isEmpty();
  }

  private List<List<String>> training() {
    return ((TableChanged) heard.get(heard.size() - 1)).table().rows();
  }

  private static RunEvent progressed(String news) {
    Map<TrialState, Integer> trials = new EnumMap<>(TrialState.class);
    trials.put(TrialState.RUNNING, 2);
    trials.put(TrialState.PAUSED, 1);
    trials.put(TrialState.FAILED, 0);
    return new RunEvent.StudyProgressed(
        "small",
        news,
        new StudyProgress(
            trials, 27, 1, "accuracy 0.5000 (trial 0)", 1250, Optional.of(Duration.ofSeconds(65))));
  }

  private static RunEvent member(String trial) {
    return new RunEvent.MemberProgressed(
        trial,
        "member-00",
        new MemberProgress(1, 18, 40, 0, 720, 1.25, 0.5, 640),
        new Place("here", "cpu"));
  }
}
