package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.jline.terminal.Size;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.progress.LiveTerminal;
import org.modelzoo.store.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code top}: how far a run is, seen from anywhere. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description = {
      "Follows a run, sweep or study through its directory alone, from any machine that reads it.",
      "Ends when there is nothing left to do."
    })
final class TopCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 1000;

  /** Where there is no terminal to draw on again. */
  private static final long PLAIN_SECONDS = 10;

  private static final Size UNBOUNDED = new Size(Short.MAX_VALUE, Short.MAX_VALUE);

  @Parameters(paramLabel = "DIR", description = "The directory, on any Hadoop file system.")
  private String location = "";

  @Option(names = "--once", description = "Print how far it is now, and end.")
  private boolean once;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    FollowedRun run = new FollowedRun(RunDirectory.at(location, new Configuration()));
    run.look();
    if (!run.isThere()) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "there is no run in %s, and never was; give the directory that train, sweep or search names in its first line"
              .formatted(location));
    }
    boolean live = !once && ErrorTerminal.isThere();
    if (live) {
      follow(run);
    }
    print(run);
    if (!once && !live) {
      followPlainly(run);
    }
    return 0;
  }

  private static void follow(FollowedRun run) throws InterruptedException {
    LiveTerminal terminal = LiveTerminal.open(ErrorTerminal.open(), run::lines);
    try {
      while (!run.isFinished()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        run.look();
      }
    } finally {
      terminal.close();
    }
  }

  private void followPlainly(FollowedRun run) throws InterruptedException {
    List<String> shown = run.lines(UNBOUNDED);
    while (!run.isFinished()) {
      TimeUnit.SECONDS.sleep(PLAIN_SECONDS);
      run.look();
      if (!run.lines(UNBOUNDED).equals(shown)) {
        shown = run.lines(UNBOUNDED);
        print(run);
      }
    }
  }

  private void print(FollowedRun run) {
    PrintWriter out = spec.commandLine().getOut();
    run.lines(UNBOUNDED).forEach(out::println);
    out.flush();
  }
}
