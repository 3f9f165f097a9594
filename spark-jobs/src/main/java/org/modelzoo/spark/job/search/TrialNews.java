package org.modelzoo.spark.job.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.modelzoo.search.Study;
import org.modelzoo.search.Trial;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.job.Throttle;

/**
 * Tells listeners of a search's trials with which something is new. Lives on the driver; one
 * thread.
 */
final class TrialNews {
  private final String name;
  private final Study study;
  private final RunListener listener;
  private final Map<Integer, Trial> told = new HashMap<>();
  private final Throttle looking = new Throttle(System::nanoTime);
  private int rungs;

  /**
   * @param name of the study
   */
  TrialNews(String name, Study study, RunListener listener) {
    this.name = name;
    this.study = study;
    this.listener = listener;
  }

  /** Something happened to a trial. */
  void changed(int trial) {
    tell(List.of(study.trial(trial)));
    // Whether others go on may follow from it.
    looking.run(this::tellAll);
  }

  void tellAll() {
    tell(study.trials());
  }

  private void tell(List<Trial> trials) {
    List<Trial> changed =
        trials.stream().filter(trial -> !trial.equals(told.get(trial.number()))).toList();
    for (Trial trial : changed) {
      Trial before = told.put(trial.number(), trial);
      rungs += trial.outcomes().size() - (before == null ? 0 : before.outcomes().size());
    }
    if (!changed.isEmpty()) {
      listener.on(new RunEvent.TrialsChanged(name, changed, study.best(), rungs));
    }
  }
}
