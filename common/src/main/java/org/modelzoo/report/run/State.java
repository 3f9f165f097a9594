package org.modelzoo.report.run;

import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.report.page.Shown;

/** How far a run is, in words. */
final class State {
  private State() {}

  static String of(ReportedRun run) {
    int done = run.rounds().size();
    if (run.isFinished()) {
      return "finished, " + Shown.counted(done, "round");
    }
    return run.config()
        .map(
            config -> "not finished, %d of %s so far".formatted(done, rounds(run, config.values())))
        .orElse("not finished, %s so far".formatted(Shown.counted(done, "round")));
  }

  private static String rounds(ReportedRun run, ModelZooConfig config) {
    RoundPlanner planner =
        new RoundPlanner(
            run.method(), config.zoo(), config.data().set().tasks().size(), run.identity().seed());
    return Shown.counted(planner.rounds(), "round");
  }
}
