package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.store.MemberFile;
import org.modelzoo.training.MemberOutcome;

class PlainProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong();
  private final RunListener lines =
      new PlainProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock::get);

  @Test
  void linesAreNotTooMany() {
    lines.on(Events.started("zoo", 4, 2000));
    lines.on(Events.round("zoo", 0, "m"));
    for (long images = 50; images <= 800; images += 50) {
      clock.addAndGet(Duration.ofMillis(500).toNanos());
      lines.on(Events.progress("zoo", "m", images));
    }
    lines.on(Events.completed("zoo", "m"));
    lines.on(Events.committed("zoo", 0));
    assertThat(text())
        .doesNotContain("\u001b")
        .contains("zoo: 4 rounds, 2,000 training images, in /runs/a\n")
        .contains("zoo round 1/4: m: fish\n")
        .contains("zoo m  epoch 1/5  loss 1.5000  accuracy 0.250  100 images/s  done\n")
        // 800 images in 8 s: 1,200 more take 12 s.
        .contains("zoo round 1/4 done: accuracy 0.5000 over the tasks so far, ETA 0:12\n");
    // 50 images in half a second at first; 5 and 10 s were not over again.
    assertThat(text().lines().filter(line -> line.contains("cpu")))
        .containsExactly(
            "  zoo m  epoch 1/5  loss 1.5000  accuracy 0.250  100 images/s  cpu, executor 1 on node-7  ETA 0:19",
            "  zoo m  epoch 1/5  loss 1.5000  accuracy 0.250  100 images/s  cpu, executor 1 on node-7  ETA 0:14");
  }

  @Test
  void aRoundThatStartsEarlySaysWhichAreStillInTraining() {
    lines.on(Events.round("zoo", 0, "a"));
    lines.on(Events.round("zoo", 1, "b"));
    lines.on(Events.round("isolated", 0, "c"));
    lines.on(Events.round("zoo", 2, "d"));
    lines.on(Events.committed("zoo", 0));
    lines.on(Events.round("zoo", 3, "e", "f"));
    assertThat(text())
        .contains("zoo round 1/4: a: fish\n")
        .contains("zoo round 2/4 beside 1: b: fish\n")
        .contains("isolated round 1/4: c: fish\n")
        .contains("zoo round 3/4 beside 1, 2: d: fish\n")
        .contains("zoo round 4/4 beside 2, 3: e: fish; f: fish\n");
  }

  @Test
  void aDivergedMemberSaysWhyAndWhatToDo() {
    lines.on(
        new RunEvent.MemberFinished("zoo", "m", new MemberOutcome.Diverged(1, 7, Double.NaN, 0.5)));
    assertThat(text())
        .contains("diverged in epoch 1, step 7: the loss is NaN at learning rate 0.500")
        .contains("lower training.learning-rate");
  }

  @Test
  void anEvaluationBetweenEpochsIsShownAsTheMeanOverTheTasks() {
    lines.on(
        new RunEvent.MemberEvaluated(
            "zoo",
            "m",
            List.of("fish", "birds"),
            200,
            1000,
            new MemberFile.Evaluation(10, List.of(0.5, 0.25), List.of(0.75, 1.0))));
    assertThat(text())
        .isEqualTo("zoo m after epoch 10 of 200: test accuracy 0.8750, loss 0.3750\n");
  }

  @Test
  void anExecutorHasOneLine() {
    lines.on(new RunEvent.ExecutorReported("3", "node-7", "CUDA; card 0: Tesla T4"));
    assertThat(text()).isEqualTo("executor 3 on node-7: CUDA; card 0: Tesla T4\n");
  }

  @Test
  void whereNobodyWatchesOnlyWhatOneShouldKnowIsSaid() {
    RunListener warnings = new WarningLines(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    warnings.on(Events.started("zoo", 4, 2000));
    warnings.on(Events.committed("zoo", 0));
    warnings.on(new RunEvent.Remark("zoo", "round 1 was damaged"));
    warnings.on(new RunEvent.ClusterNote(RunEvent.ClusterNote.Kind.WAIT, "no executor yet"));
    assertThat(text()).isEqualTo("zoo: round 1 was damaged\ncluster: no executor yet\n");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
