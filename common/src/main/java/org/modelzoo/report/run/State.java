package org.modelzoo.report.run;

import org.modelzoo.boosting.RoundPlanner;
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
            run.method(), config.zoo(), config.data().set().tasks().size(), run.identity().seed())
        .rounds();
  }
}
