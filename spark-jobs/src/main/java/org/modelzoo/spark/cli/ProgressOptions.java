package org.modelzoo.spark.cli;

import java.io.PrintStream;
import java.util.Optional;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.progress.LiveProgress;
import org.modelzoo.spark.progress.LiveTerminal;
import org.modelzoo.spark.progress.PlainProgress;
import org.modelzoo.spark.progress.ProgressModel;
import org.modelzoo.spark.progress.SnapshotView;
import org.modelzoo.spark.progress.TerminalSize;
import org.modelzoo.spark.progress.WarningLines;
import picocli.CommandLine.Option;

/** How much a command that trains shows, shared by those commands. */
final class ProgressOptions {
  @Option(
      names = "--progress",
      paramLabel = "HOW",
      description = {
        "auto (the default): live on a terminal, plain elsewhere;",
        "live: a view that is drawn again in place;",
        "plain: lines; none: only what you should know."
      })
  private Progress progress = Progress.AUTO;

  @Option(names = "--quiet", description = "Print nothing but errors.")
  private boolean quiet;

  /** What {@code --progress} can be. */
  enum Progress {
    AUTO,
    LIVE,
    PLAIN,
    NONE
  }

  /** Whether results are printed. */
  boolean showsResults() {
    return !quiet;
  }

  /** Begins to show what happens, on standard error, beside the results. */
  Watch watch() {
    ProgressModel board = new ProgressModel();
    Optional<TerminalSize> size =
        progress == Progress.AUTO && !quiet ? Terminal.size() : Optional.empty();
    if (!quiet && (progress == Progress.LIVE || size.isPresent())) {
      return live(board);
    }
    return new Watch(board, lines(Redaction.standardError()), () -> {});
  }

  private RunListener lines(PrintStream err) {
    if (quiet) {
      return event -> {};
    }
    return progress == Progress.NONE ? new WarningLines(err) : new PlainProgress(err);
  }

  private static Watch live(ProgressModel board) {
    PrintStream err = System.err;
    LiveTerminal terminal =
        LiveTerminal.open(err, Terminal::sizeOrUsual, new SnapshotView(board::snapshot));
    TerminalLogs logs = TerminalLogs.install(line -> terminal.print(Redaction.of(line)));
    return new Watch(
        board,
        new LiveProgress(line -> terminal.print(Redaction.of(line))),
        () -> {
          terminal.close();
          logs.close();
        });
  }
}
