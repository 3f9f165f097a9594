package org.modelzoo.spark.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.modelzoo.spark.progress.ConsoleProgress;

/** Whether a person watches. */
final class Terminal {
  /** Set by deploy/modelzoo where standard error is a terminal: its columns. */
  private static final String COLUMNS = "MODELZOO_TERMINAL_COLUMNS";

  private Terminal() {}

  /** A live view on a terminal, plain lines elsewhere; on standard error, beside the results. */
  static ConsoleProgress progress() {
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    String columns = System.getenv(COLUMNS);
    return columns != null && columns.matches("[1-9][0-9]{0,4}")
        ? ConsoleProgress.live(err, Integer.parseInt(columns))
        : ConsoleProgress.plain(err);
  }
}
