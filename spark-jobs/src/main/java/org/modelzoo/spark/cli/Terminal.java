package org.modelzoo.spark.cli;

import java.io.PrintStream;
import org.modelzoo.spark.progress.ConsoleProgress;

/** Whether a person watches. */
final class Terminal {
  /** Set by deploy/modelzoo where standard error is a terminal: its columns. */
  private static final String COLUMNS = "MODELZOO_TERMINAL_COLUMNS";

  private Terminal() {}

  /** A live view on a terminal, plain lines elsewhere; on standard error, beside the results. */
  static ConsoleProgress progress() {
    PrintStream err = Redaction.standardError();
    int columns = columns();
    return columns < Integer.MAX_VALUE
        ? ConsoleProgress.live(err, columns)
        : ConsoleProgress.plain(err);
  }

  /** Columns of the terminal; without bound where there is none. */
  static int columns() {
    String columns = System.getenv(COLUMNS);
    return columns != null && columns.matches("[1-9][0-9]{0,4}")
        ? Integer.parseInt(columns)
        : Integer.MAX_VALUE;
  }
}
