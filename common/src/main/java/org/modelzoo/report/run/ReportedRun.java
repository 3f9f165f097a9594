package org.modelzoo.report.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.modelzoo.boosting.Score;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.report.RunSummary;
import org.modelzoo.run.Round;
import org.modelzoo.run.RunHistory;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

/**
 * A run as its directory tells of it, finished or not. What is missing or damaged is left out, and
 * named among the damages.
 *
 * @param directory where it is
 * @param config empty where it can't be read
 * @param tasks their names
 * @param history its committed rounds
 * @param members whose outcome is there, by id, in the order of their rounds
 * @param summary empty while the run is not finished
 * @param compaction what its zoo is worth with fewer members; empty where nobody asked
 * @param drivers how many have worked on it, one after the other; 0 where nothing tells
 */
public record ReportedRun(
    RunDirectory directory,
    RunIdentity identity,
    Method method,
    Optional<LoadedConfig> config,
    List<String> tasks,
    RunHistory history,
    Map<String, MemberFile> members,
    Optional<RunSummary> summary,
    Optional<CompactionFile> compaction,
    long drivers,
    List<String> damages) {

  /** The last part of its place. */
  public String name() {
    String place = directory.location();
    return place.substring(place.lastIndexOf('/') + 1);
  }

  /** Whether it was trained to its end. */
  public boolean isFinished() {
    return summary.isPresent();
  }

  /** Its committed rounds. */
  public List<Round> rounds() {
    return history.rounds();
  }

  /** Test accuracy of the ensemble on each task after each round. */
  public AccuracyMatrix matrix() {
    return history.matrix();
  }

  /** Whether there is an accuracy to show. */
  public boolean isMeasured() {
    return !rounds().isEmpty();
  }

  /** The ensemble's test accuracy on a task after the last round; NaN where there is none. */
  public double accuracy(String task) {
    return history.score(tasks.indexOf(task), Split.TEST).map(Score::accuracy).orElse(Double.NaN);
  }

  /** A task's name; tasks that nobody names have numbers. */
  public String task(int index) {
    return index >= 0 && index < tasks.size() ? tasks.get(index) : "task " + (index + 1);
  }
}
