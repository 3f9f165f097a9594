package org.modelzoo.spark.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.job.Job;
import org.modelzoo.spark.progress.LiveProgress;
import org.modelzoo.spark.progress.LiveTerminal;
import org.modelzoo.spark.progress.PlainProgress;
import org.modelzoo.spark.progress.ProgressModel;
import org.modelzoo.spark.progress.SearchTables;
import org.modelzoo.spark.progress.SnapshotView;
import org.modelzoo.spark.progress.WarningLines;
import org.modelzoo.spark.session.JobRunner;
import picocli.CommandLine.Model.CommandSpec;
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

  /**
   * Does a job, unless nothing is left to do, and prints its results.
   *
   * @param finished what to say where nothing is left to do; empty for nothing
   * @throws ModelZooException of the job, after its results are printed if it has some
   */
  void run(Job job, SparkConf spark, Configuration hadoop, CommandSpec command, String finished) {
    PrintWriter out = command.commandLine().getOut();
    if (!job.isFinished()) {
      try (Watch watch = watch()) {
        watch.measure(spark);
        watch.track(job.config().trackers(), hadoop);
        JobRunner.run(job, spark, new SearchTables(watch));
      }
    } else if (!quiet && !finished.isEmpty()) {
      out.println(finished);
    }
    if (!quiet) {
      out.println();
      out.print(job.results());
      out.flush();
    }
    job.failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  /** Begins to show what happens, on standard error, beside the results. */
  private Watch watch() {
    ProgressModel model = new ProgressModel();
    return isLive() ? live(model) : new Watch(model, lines(Redaction.standardError()), () -> {});
  }

  private boolean isLive() {
    return !quiet
        && (progress == Progress.LIVE || (progress == Progress.AUTO && ErrorTerminal.isThere()));
  }

  private RunListener lines(PrintStream err) {
    if (quiet) {
      return event -> {};
    }
    return progress == Progress.NONE ? new WarningLines(err) : new PlainProgress(err);
  }

  private static Watch live(ProgressModel model) {
    LiveTerminal terminal =
        LiveTerminal.open(ErrorTerminal.open(), size -> SnapshotView.lines(model.snapshot(), size));
    TerminalLogs logs = TerminalLogs.install(terminal::print);
    return new Watch(
        model,
        new LiveProgress(terminal::print),
        () -> {
          terminal.close();
          logs.close();
        });
  }
}
