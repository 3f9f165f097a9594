package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;

/** A terminal that a test can look at. */
final class Screen {
  /** As the terminal's driver does it: a line feed begins a new line. */
  private static final String LINE_FEED_IS_NEW_LINE = "\u001b[20h";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Terminal terminal;

  Screen(int columns, int rows) throws IOException {
    terminal =
        new DumbTerminal(
            "test", "xterm", InputStream.nullInputStream(), bytes, StandardCharsets.UTF_8);
    terminal.setSize(new Size(columns, rows));
  }

  Terminal terminal() {
    return terminal;
  }

  /** All that it was sent. */
  String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** What is on it, without the empty lines at the end. */
  List<String> lines() {
    ScreenTerminal screen =
        new ScreenTerminal(terminal.getSize().getColumns(), terminal.getSize().getRows());
    screen.write(LINE_FEED_IS_NEW_LINE + written());
    return screen.toString().stripTrailing().lines().map(String::stripTrailing).toList();
  }

  /** Waits until it was sent this. */
  void await(String text) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!written().contains(text) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(written()).contains(text);
  }
}
