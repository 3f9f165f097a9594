package org.modelzoo.report.run;

import java.util.List;

/** Tasks as a report's charts thin them. */
final class Tasks {
  /**
   * More rows and curves than this nobody can tell apart, and a page of megabytes holds no more.
   */
  static final int MOST = 100;

  private Tasks() {}

  /** All tasks where there are few, otherwise so many evenly spread ones, both ends among them. */
  static List<Integer> shown(ReportedRun run) {
    return Rounds.spread(run.tasks().size(), MOST);
  }

  /** Their names. */
  static List<String> names(ReportedRun run, List<Integer> tasks) {
    return tasks.stream().map(run::task).toList();
  }

  /** What an explanation adds where not all tasks are shown. */
  static String thinned(ReportedRun run) {
    int tasks = run.tasks().size();
    return tasks <= MOST ? "" : " %d of %,d tasks are shown.".formatted(MOST, tasks);
  }
}
