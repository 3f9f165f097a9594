package org.modelzoo.spark.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelzoo.spark.progress.TerminalSize;

/** Whether a person watches: standard error is a terminal. */
final class Terminal {
  private static final TerminalSize USUAL = new TerminalSize(80, 24);

  /** Rows and columns of the terminal on standard error, or failure where it is none. */
  private static final String SIZE = "test -t 2 && { stty size <&2 2>/dev/null || echo unknown; }";

  private static final Pattern NUMBERS = Pattern.compile("([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})\\s*");

  private static final long ANSWER_SECONDS = 2;

  private Terminal() {}

  /** The terminal's size now; empty where there is none, or one that can only append lines. */
  static Optional<TerminalSize> size() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return Optional.empty();
    }
    try {
      Process shell = new ProcessBuilder("sh", "-c", SIZE).redirectError(Redirect.INHERIT).start();
      if (!shell.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
        return Optional.of(USUAL);
      }
      String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return shell.exitValue() == 0 ? Optional.of(parsed(answer)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // No shell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static TerminalSize parsed(String answer) {
    Matcher numbers = NUMBERS.matcher(answer);
    return numbers.matches()
        ? new TerminalSize(Integer.parseInt(numbers.group(2)), Integer.parseInt(numbers.group(1)))
        : USUAL;
  }

  /** As {@link #size}, of a terminal that was there a moment ago. */
  static TerminalSize sizeOrUsual() {
    return size().orElse(USUAL);
  }

  /** Columns of the terminal; without bound where there is none. */
  static int columns() {
    return size().map(TerminalSize::columns).orElse(Integer.MAX_VALUE);
  }
}
