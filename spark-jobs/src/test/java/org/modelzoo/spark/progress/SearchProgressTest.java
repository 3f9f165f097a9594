package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.modelzoo.search.TrialState;
import org.modelzoo.training.MemberProgress;

class SearchProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void withoutATerminalRungsAreLinesAndTheStateFollowsNowAndThen() {
    AtomicLong nanos = new AtomicLong();
    SearchProgress progress = SearchProgress.plain(out, nanos::get);
    progress.on(new RunEvent.Remark("small", "up to 27 trials"));
    progress.on(progressed("trial-00000 rung 1, 2 epochs: validation-accuracy 0.5000"));
    nanos.set(11_000_000_000L);
    progress.on(member("trial-00001"));
    progress.on(member("trial-00001"));
    assertThat(printed())
        .isEqualTo(
            """
            small: up to 27 trials
            trial-00000 rung 1, 2 epochs: validation-accuracy 0.5000
              trials  3 of 27: 2 running, 1 paused
              best    validation-accuracy 0.5000 after 2 epochs (trial 0)
              rungs   1, 1,250 images/s, ETA 1:05
            """);
  }

  @Test
  void aTerminalShowsTheStateAndWhatTrainsBelowWhatHappened() {
    SearchProgress progress = SearchProgress.live(out, 60);
    progress.on(progressed(""));
    progress.on(member("trial-00001"));
    bytes.reset();
    progress.on(progressed("trial-00001 rung 1, 2 epochs: validation-accuracy 0.4000"));
    assertThat(printed())
        .startsWith("\u001b[4A\u001b[0Jtrial-00001 rung 1")
        .contains("  trials  3 of 27")
        .doesNotContain("  trial-00001 round-000-member-00");
    assertThat(printed().lines()).allMatch(line -> line.length() < 80);
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
            trials,
            27,
            1,
            "validation-accuracy 0.5000 after 2 epochs (trial 0)",
            1250,
            Optional.of(Duration.ofSeconds(65))));
  }

  private static RunEvent member(String trial) {
    return new RunEvent.MemberProgressed(
        trial, "round-000-member-00", new MemberProgress(1, 18, 40, 720, 1.25, 0.5, 640));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
