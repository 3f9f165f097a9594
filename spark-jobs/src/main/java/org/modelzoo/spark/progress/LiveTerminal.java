package org.modelzoo.spark.progress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.modelzoo.base.TerminalText;

/**
 * A terminal whose last lines are a {@link View}, drawn again in place a few times a second; lines
 * that are printed scroll above it. Every frame is one write that leaves the cursor visible and
 * below the view, so that nothing has to be put right when the process ends, however it ends. The
 * only escape sequences are its own: those in what it is given are shown and not obeyed.
 *
 * <p>Only a thread of its own writes: a terminal that was stopped holds up nobody else.
 *
 * <p>Plain escape sequences, which every terminal since the VT100 knows: the view needs no more,
 * and libraries for terminals bring natives and take over the keyboard.
 */
public final class LiveTerminal implements AutoCloseable {
  private static final long FRAME_MILLIS = 250;

  /** Looking at the size starts a process. */
  private static final int FRAMES_PER_SIZE = 8;

  private static final long CLOSE_SECONDS = 2;

  private static final String CUT_LONG_LINES = "\u001b[?7l";
  private static final String WRAP_LONG_LINES = "\u001b[?7h";

  /** Before the text: after it, the cursor may stand on its last character. */
  private static final String CLEAR_LINE = "\u001b[2K";

  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final Supplier<TerminalSize> sizes;
  private final ConcurrentLinkedQueue<String> printed = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService pen =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-terminal");
            thread.setDaemon(true);
            return thread;
          });

  private View view;
  private TerminalSize size;
  private long frames;
  private List<String> shown = List.of();

  private LiveTerminal(PrintStream out, Supplier<TerminalSize> sizes, View view) {
    this.out = out;
    this.sizes = sizes;
    this.view = view;
    this.size = sizes.get();
  }

  /**
   * Shows a view until it is closed.
   *
   * @param out the terminal
   * @param sizes asked every few seconds for its size
   */
  public static LiveTerminal open(PrintStream out, Supplier<TerminalSize> sizes, View view) {
    LiveTerminal terminal = new LiveTerminal(out, sizes, view);
    var unused =
        terminal.pen.scheduleWithFixedDelay(terminal::draw, 0, FRAME_MILLIS, TimeUnit.MILLISECONDS);
    return terminal;
  }

  /** Prints a line above the view, with the next frame. */
  public void print(String line) {
    printed.add(line);
  }

  private void draw() {
    try {
      if (++frames % FRAMES_PER_SIZE == 0) {
        size = sizes.get();
      }
      write(frame(view.lines(roomIn(size))));
    } catch (Throwable e) { // Errors too: the next frame would never come, and no line be printed.
      printed.add("the live view failed: " + e);
      view = room -> List.of();
    }
  }

  /** The line below the view is the cursor's. */
  private static TerminalSize roomIn(TerminalSize size) {
    return new TerminalSize(size.columns(), Math.max(0, size.rows() - 1));
  }

  /** What was printed since the last frame, and the view. */
  private String frame(List<String> view) {
    StringBuilder frame = new StringBuilder();
    if (!shown.isEmpty()) {
      // A terminal that was made narrower since may have wrapped them: then a part stays above.
      frame.append("\r\u001b[").append(shown.size()).append('A');
    }
    if (!printed.isEmpty()) {
      frame.append(CLEAR_BELOW);
    }
    for (String line = printed.poll(); line != null; line = printed.poll()) {
      frame.append(TerminalText.block(line)).append('\n');
    }
    List<String> lines = new ArrayList<>();
    for (String text : view.subList(0, Math.min(view.size(), roomIn(size).rows()))) {
      String line = TerminalText.line(text);
      lines.add(line.length() > size.columns() ? line.substring(0, size.columns()) : line);
    }
    // The terminal knows better than we which characters take two columns.
    frame.append(CUT_LONG_LINES);
    lines.forEach(line -> frame.append(CLEAR_LINE).append(line).append('\n'));
    shown = lines;
    return frame.append(WRAP_LONG_LINES).append(CLEAR_BELOW).toString();
  }

  private void write(String frame) {
    out.print(frame);
    out.flush();
  }

  /** Takes the view off the screen; prints what is to be printed before. */
  @Override
  public void close() {
    if (pen.isShutdown()) {
      return;
    }
    try {
      var unused = pen.submit(() -> write(frame(List.of())));
      pen.shutdown();
      if (!pen.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        pen.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
