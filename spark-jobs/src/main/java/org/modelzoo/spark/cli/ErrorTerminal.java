package org.modelzoo.spark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.impl.exec.ExecPty;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import org.jline.utils.Signals;

/**
 * The terminal on standard error. JLine's own system terminals want standard input to be one too,
 * and read the keyboard; this one only writes.
 */
final class ErrorTerminal {
  private static final ExecTerminalProvider COMMANDS = new ExecTerminalProvider();
  private static final Size USUAL = new Size(80, 24);

  private ErrorTerminal() {}

  /** Whether a person watches, on a terminal that can do more than append lines. */
  static boolean isThere() {
    return !"dumb".equals(System.getenv("TERM"))
        && COMMANDS.isPosixSystemStream(SystemStream.Error);
  }

  /** What standard error is now, as a terminal whose size follows the window's. */
  static Terminal open() {
    try {
      // The sequences of xterm, which all terminals know; others are found with programs that may
      // not be there.
      Terminal terminal =
          new DumbTerminal(
              "standard error",
              "xterm",
              InputStream.nullInputStream(),
              System.err,
              StandardCharsets.UTF_8);
      terminal.setSize(size());
      Signals.register("WINCH", () -> terminal.setSize(size()));
      return terminal;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Columns of the terminal; without bound where there is none. */
  static int columns() {
    return isThere() ? size().getColumns() : Integer.MAX_VALUE;
  }

  private static Size size() {
    try (ExecPty terminal = new ExecPty(COMMANDS, null, "/dev/tty") {}) {
      Size size = terminal.getSize();
      return size.getColumns() > 0 && size.getRows() > 0 ? size : USUAL;
    } catch (IOException e) {
      return USUAL; // Of another session, for example in a container.
    }
  }
}
