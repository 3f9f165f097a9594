package org.modelzoo.spark.job;

import java.util.List;
import org.modelzoo.search.Study;
import org.modelzoo.search.Trial;
import org.modelzoo.spark.progress.RunEvent;
import org.modelzoo.spark.progress.RunListener;

/**
 * Tells listeners of a search's trials with which something is new, be it because of what happened
 * to others. Lives on the driver; one thread.
 */
final class TrialNews {
  private final String name;
  private final Study study;
  private final RunListener listener;
  private List<Trial> told = List.of();

  /**
   * @param name of the study
   */
  TrialNews(String name, Study study, RunListener listener) {
    this.name = name;
    this.study = study;
    this.listener = listener;
  }

  void tell() {
    List<Trial> trials = study.trials();
    List<Trial> changed = trials.stream().filter(this::isNew).toList();
    told = trials;
    if (!changed.isEmpty()) {
      int rungs = trials.stream().mapToInt(trial -> trial.rungs().size()).sum();
      listener.on(new RunEvent.TrialsChanged(name, changed, study.best(), rungs));
    }
  }

  private boolean isNew(Trial trial) {
    return trial.number() >= told.size() || !trial.equals(told.get(trial.number()));
  }
}
