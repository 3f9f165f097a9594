package org.modelzoo.spark.progress;

import java.io.PrintWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.modelzoo.base.TerminalText;
import org.modelzoo.spark.event.Redaction;

/**
 * A terminal whose last lines are a view, drawn again in place a few times a second; lines that are
 * printed scroll above it. Every frame is one write that leaves the cursor visible and below the
 * view, so that nothing has to be put right when the process ends, however it ends. Escape
 * sequences in what it is given are shown and not obeyed.
 *
 * <p>Only a thread of its own writes: a terminal that was stopped holds up nobody else.
 *
 * <p>Frames are whole. JLine's {@code Display} writes only what has changed, and is lost as soon as
 * somebody else moves the cursor: with the return key, or by printing from native code.
 */
public final class LiveTerminal implements AutoCloseable {
  private static final long FRAME_MILLIS = 250;
  private static final long CLOSE_SECONDS = 2;

  private final Terminal terminal;
  private final Queue<String> printed = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService pen =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-terminal");
            thread.setDaemon(true);
            return thread;
          });

  private Function<Size, List<String>> view;
  private int shown;

  private LiveTerminal(Terminal terminal, Function<Size, List<String>> view) {
    this.terminal = terminal;
    this.view = view;
  }

  /**
   * Shows a view until it is closed.
   *
   * @param terminal stays open
   * @param view the lines to show now in so much room, none where there is nothing to see; what
   *     doesn't fit is cut off. Asked from the terminal's thread.
   */
  public static LiveTerminal open(Terminal terminal, Function<Size, List<String>> view) {
    LiveTerminal live = new LiveTerminal(terminal, view);
    var unused =
        live.pen.scheduleWithFixedDelay(live::draw, 0, FRAME_MILLIS, TimeUnit.MILLISECONDS);
    return live;
  }

  /** Prints a line above the view, with the next frame, without the secrets in it. */
  public void print(String line) {
    printed.add(line);
  }

  private void draw() {
    try {
      Size size = terminal.getSize();
      // The line below the view is the cursor's.
      Size room = new Size(size.getColumns(), size.getRows() - 1);
      draw(view.apply(room).stream().limit(room.getRows()).toList(), room.getColumns());
    } catch (Throwable e) { // Errors too: the next frame would never come, and no line be printed.
      printed.add("the live view failed: " + e);
      view = room -> List.of();
    }
  }

  /** What was printed since the last frame, and the view. */
  private void draw(List<String> lines, int columns) {
    PrintWriter out = terminal.writer();
    terminal.puts(Capability.carriage_return);
    if (shown > 0) {
      // A terminal that was made narrower since may have wrapped them: then a part stays above.
      terminal.puts(Capability.parm_up_cursor, shown);
    }
    if (!printed.isEmpty()) {
      terminal.puts(Capability.clr_eos);
    }
    for (String line = printed.poll(); line != null; line = printed.poll()) {
      out.println(Redaction.of(line));
    }
    for (String line : lines) {
      // Before the text: after it, the cursor may stand on its last character.
      terminal.puts(Capability.clr_eol);
      out.println(new AttributedString(TerminalText.line(line)).columnSubSequence(0, columns));
    }
    terminal.puts(Capability.clr_eos);
    shown = lines.size();
    terminal.flush();
  }

  /** Takes the view off the screen; prints what is to be printed before. */
  @Override
  public void close() {
    if (pen.isShutdown()) {
      return;
    }
    try {
      var unused = pen.submit(() -> draw(List.of(), /* columns= */ 0));
      pen.shutdown();
      if (!pen.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        pen.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
