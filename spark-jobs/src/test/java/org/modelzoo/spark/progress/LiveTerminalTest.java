package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jline.terminal.Size;
import org.junit.jupiter.api.Test;

class LiveTerminalTest {
  @Test
  void theViewStaysBelowWhatIsPrintedAndIsGoneAtTheEnd() throws Exception {
    Screen screen = new Screen(20, 7);
    AtomicInteger frames = new AtomicInteger();
    CountDownLatch third = new CountDownLatch(3);
    LiveTerminal terminal =
        LiveTerminal.open(
            screen.terminal(),
            size -> {
              third.countDown();
              return List.of("a member", "frame " + frames.incrementAndGet());
            });
    terminal.print("first");
    terminal.print("a line that is longer than the terminal");
    assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
    screen.await("frame 3");
    assertThat(screen.lines())
        .startsWith("first", "a line that is longe", "r than the terminal", "a member")
        .hasSize(5)
        .last()
        .asString()
        .startsWith("frame ");
    terminal.print("last");
    terminal.close();
    terminal.close();
    assertThat(screen.lines())
        .containsExactly("first", "a line that is longe", "r than the terminal", "last");
  }

  @Test
  void whatItIsGivenMovesNoCursor() throws IOException {
    Screen screen = new Screen(40, 5);
    String hostile = "a\u001b[2Jb\u009b2Jc\u009d0;d\u0007";
    LiveTerminal terminal =
        LiveTerminal.open(screen.terminal(), size -> List.of(hostile + "\nview"));
    terminal.print(hostile);
    screen.await("view");
    terminal.print("");
    terminal.close();
    assertThat(screen.written())
        .contains("a?[2Jb?2Jc?0;d?\n", "a?[2Jb?2Jc?0;d??view")
        .doesNotContain("\u001b[2J", "\u009b", "\u009d", "\u0007");
  }

  @Test
  void aViewThatDoesNotFitIsCutInBothDirections() throws IOException {
    Screen screen = new Screen(10, 5);
    List<String> lines = IntStream.range(0, 30).mapToObj(i -> i + " is as wide as this").toList();
    LiveTerminal terminal = LiveTerminal.open(screen.terminal(), size -> lines);
    screen.await("3");
    assertThat(screen.lines())
        .containsExactly("0 is as wi", "1 is as wi", "2 is as wi", "3 is as wi");
    terminal.close();
    assertThat(screen.lines()).isEmpty();
  }

  @Test
  void charactersOfTwoColumnsAreCutWhereTheyNoLongerFit() throws IOException {
    Screen screen = new Screen(7, 5);
    LiveTerminal terminal =
        LiveTerminal.open(screen.terminal(), size -> List.of("数字数字数字", "below"));
    screen.await("below");
    terminal.close();
    assertThat(screen.written()).contains("数字数\n").doesNotContain("数字数字");
  }

  @Test
  void theViewFollowsTheSizeOfTheWindow() throws IOException {
    Screen screen = new Screen(20, 5);
    LiveTerminal terminal = LiveTerminal.open(screen.terminal(), size -> List.of(size + " here"));
    screen.await("Size[cols=20, rows=4");
    screen.terminal().setSize(new Size(30, 8));
    screen.await("Size[cols=30, rows=7] here");
    terminal.close();
  }

  @Test
  void aViewThatFailsIsSaidOnceAndStopsNothing() throws IOException {
    Screen screen = new Screen(80, 24);
    LiveTerminal terminal =
        LiveTerminal.open(
            screen.terminal(),
            size -> {
              throw new LinkageError("no view today");
            });
    screen.await("no view today");
    terminal.print("a line");
    screen.await("a line");
    terminal.close();
    assertThat(screen.written()).containsOnlyOnce("no view today");
  }
}
