package org.modelzoo.report.run;

import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.report.page.Formats;

/** How far a run is, in words. */
final class State {
  private State() {}

  static String of(ReportedRun run) {
    int done = run.rounds().size();
    if (run.isFinished()) {
      return "finished, " + Formats.counted(done, "round");
    }
    return run.config()
        .map(
            config -> "not finished, %d of %s so far".formatted(done, rounds(run, config.values())))
        .orElse("not finished, %s so far".formatted(Formats.counted(done, "round")));
  }

  private static String rounds(ReportedRun run, ModelZooConfig config) {
    return Formats.counted(RoundPlanner.of(config, run.method()).rounds(), "round");
  }
}
