package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveTerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void theViewStaysBelowWhatIsPrintedAndIsGoneAtTheEnd() throws InterruptedException {
    AtomicInteger frames = new AtomicInteger();
    CountDownLatch third = new CountDownLatch(3);
    LiveTerminal terminal =
        LiveTerminal.open(
            out,
            () -> new TerminalSize(20, 5),
            size -> {
              third.countDown();
              return List.of("a member", "frame " + frames.incrementAndGet());
            });
    terminal.print("first");
    terminal.print("a line that is longer than the terminal");
    assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
    while (!bytes.toString(StandardCharsets.UTF_8).contains("frame 3")) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    assertThat(Screen.after(bytes.toString(StandardCharsets.UTF_8), 20, 5))
        .startsWith("first", "a line that is longe", "r than the terminal", "a member")
        .hasSize(6)
        .element(4)
        .asString()
        .startsWith("frame ");
    terminal.print("last");
    terminal.close();
    terminal.close();
    assertThat(Screen.after(bytes.toString(StandardCharsets.UTF_8), 20, 5))
        .containsExactly("first", "a line that is longe", "r than the terminal", "last", "");
  }

  @Test
  void whatItIsGivenMovesNoCursor() {
    String hostile = "a\u001b[2Jb\u009b2Jc\u009d0;d\u0007";
    LiveTerminal terminal =
        LiveTerminal.open(out, () -> new TerminalSize(40, 5), size -> List.of(hostile + "\nview"));
    terminal.print(hostile);
    while (bytes.size() == 0) {
      Thread.onSpinWait();
    }
    terminal.close();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("a?[2Jb?2Jc?0;d?\n", "a?[2Jb?2Jc?0;d??view")
        .doesNotContain("\u001b[2J", "\u009b", "\u009d", "\u0007");
  }

  @Test
  void aViewThatDoesNotFitIsCutInBothDirections() {
    List<String> lines = IntStream.range(0, 30).mapToObj(i -> i + " is as wide as this").toList();
    LiveTerminal terminal = LiveTerminal.open(out, () -> new TerminalSize(10, 5), size -> lines);
    while (bytes.size() == 0) {
      Thread.onSpinWait();
    }
    String frame = bytes.toString(StandardCharsets.UTF_8);
    terminal.close();
    assertThat(Screen.after(frame, 10, 5))
        .containsExactly("0 is as wi", "1 is as wi", "2 is as wi", "3 is as wi", "");
    assertThat(Screen.after(bytes.toString(StandardCharsets.UTF_8), 10, 5)).containsExactly("");
  }

  @Test
  void aViewThatFailsIsSaidOnceAndStopsNothing() throws InterruptedException {
    LiveTerminal terminal =
        LiveTerminal.open(
            out,
            () -> new TerminalSize(80, 24),
            size -> {
              throw new LinkageError("no view today");
            });
    terminal.print("a line");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (bytes.size() == 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("a line");
    terminal.close();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).containsOnlyOnce("no view today");
  }
}
