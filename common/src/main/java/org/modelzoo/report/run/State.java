package org.modelzoo.report.run;

import java.util.Locale;
import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;

/** How far a run is, in words. */
final class State {
  private State() {}

  static String of(ReportedRun run) {
    int done = run.rounds().size();
    if (run.isFinished()) {
      return "finished, %d round%s".formatted(done, done == 1 ? "" : "s");
    }
    return run.config().isPresent()
        ? "not finished, %d of %d rounds so far"
            .formatted(done, rounds(run, run.config().get().values()))
        : "not finished, %d rounds so far".formatted(done);
  }

  private static int rounds(ReportedRun run, ModelZooConfig config) {
    return new RoundPlanner(
            method(run), config.zoo(), config.data().set().tasks().size(), run.identity().seed())
        .rounds();
  }

  /** The method of a run, which a baseline's configuration doesn't tell. */
  static Method method(ReportedRun run) {
    return Method.valueOf(run.identity().method().toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
