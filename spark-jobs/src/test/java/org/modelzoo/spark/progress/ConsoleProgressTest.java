package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberProgress;

class ConsoleProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void plainLinesNeverRedrawAndAreNotTooMany() {
    ConsoleProgress console = ConsoleProgress.plain(out);
    console.on(new RunEvent.Started("zoo", "/runs/a", 2, 0, OptionalLong.of(2000)));
    console.on(new RunEvent.RoundStarted("zoo", 0, 2, List.of("m: fish")));
    for (long images = 10; images <= 200; images += 10) {
      console.on(progress("m", images));
    }
    console.on(new RunEvent.MemberFinished("zoo", "m", new MemberOutcome.Completed(List.of())));
    console.on(new RunEvent.RoundCommitted("zoo", 0, 2, 0.5));
    assertThat(text())
        .doesNotContain("\u001b")
        .contains("zoo: 2 rounds, 2,000 training images, in /runs/a")
        .contains("zoo round 1/2: m: fish")
        .contains("zoo m  epoch 1/5  loss 1.5000  accuracy 0.250  100 images/s  done")
        .contains("zoo round 1/2 done: accuracy 0.5000");
    // The first report at once, then none for seconds, then the end.
    assertThat(text().lines().filter(line -> line.contains("images/s"))).hasSize(2);
  }

  @Test
  void aRoundThatStartsEarlySaysWhichAreStillInTraining() {
    ConsoleProgress console = ConsoleProgress.plain(out);
    console.on(new RunEvent.RoundStarted("zoo", 0, 4, List.of("a: fish")));
    console.on(new RunEvent.RoundStarted("zoo", 1, 4, List.of("b: trees")));
    console.on(new RunEvent.RoundStarted("isolated", 0, 1, List.of("c: fish")));
    console.on(new RunEvent.RoundStarted("zoo", 2, 4, List.of("d: people")));
    console.on(new RunEvent.RoundCommitted("zoo", 0, 4, 0.5));
    console.on(new RunEvent.RoundStarted("zoo", 3, 4, List.of("e: flowers")));
    assertThat(text())
        .contains("zoo round 1/4: a: fish\n")
        .contains("zoo round 2/4 beside 1: b: trees\n")
        .contains("isolated round 1/1: c: fish\n")
        .contains("zoo round 3/4 beside 1, 2: d: people\n")
        .contains("zoo round 4/4 beside 2, 3: e: flowers\n");
  }

  @Test
  void aTerminalKeepsMembersInABlockAtTheEnd() {
    ConsoleProgress console = ConsoleProgress.live(out, 40);
    console.on(progress("a", 10));
    console.on(progress("b", 10));
    bytes.reset();
    console.on(progress("a", 20));
    // Two members and the time left are cleared and drawn again, cut to the width.
    assertThat(text()).startsWith("\u001b[3A\u001b[0J");
    assertThat(text().lines().toList()).hasSize(3).allMatch(line -> line.length() <= 48);
  }

  @Test
  void aDivergedMemberSaysWhyAndWhatToDo() {
    ConsoleProgress console = ConsoleProgress.plain(out);
    console.on(
        new RunEvent.MemberFinished("zoo", "m", new MemberOutcome.Diverged(1, 7, Double.NaN, 0.5)));
    assertThat(text())
        .contains("diverged in epoch 1, step 7: the loss is NaN at learning rate 0.500")
        .contains("lower training.learning-rate");
  }

  @Test
  void anExecutorHasOneLine() {
    ConsoleProgress console = ConsoleProgress.plain(out);
    console.on(new RunEvent.ExecutorReported("3", "node-7", "CUDA; card 0: Tesla T4"));
    assertThat(text()).isEqualTo("executor 3 on node-7: CUDA; card 0: Tesla T4\n");
  }

  private static RunEvent progress(String member, long images) {
    return new RunEvent.MemberProgressed(
        "zoo", member, new MemberProgress(1, 5, images, 1000, 1.5, 0.25, 100));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
