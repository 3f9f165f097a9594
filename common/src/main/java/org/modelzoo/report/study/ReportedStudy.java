package org.modelzoo.report.study;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.modelzoo.search.Direction;
import org.modelzoo.search.Study;
import org.modelzoo.search.StudySettings;
import org.modelzoo.search.Trial;
import org.modelzoo.search.TrialState;
import org.modelzoo.search.space.Space;

/**
 * A study as a report shows it, at any time of the search.
 *
 * @param name of the experiment
 * @param objective what is optimised, in words
 * @param resource what rungs are measured in, for example epochs
 * @param images trained on, over all trials
 * @param seconds of wall time
 * @param end why it is finished; empty while it is not
 */
public record ReportedStudy(
    String name,
    String objective,
    String resource,
    Space space,
    Direction direction,
    List<Trial> trials,
    Optional<Trial> best,
    Map<TrialState, Integer> counts,
    long images,
    double seconds,
    Optional<String> end) {

  /** A study as it stands. */
  public static ReportedStudy of(
      String name, String objective, String resource, StudySettings settings, Study study) {
    return new ReportedStudy(
        name,
        objective,
        resource,
        settings.sampler().space(),
        settings.direction(),
        study.trials(),
        study.best(),
        study.counts(),
        study.images(),
        study.seconds(),
        study.finished().map(reason -> reason.name().toLowerCase(Locale.ROOT)));
  }

  /** Whether one value is better than another. */
  boolean isBetter(double value, double than) {
    return direction.loss(value) < direction.loss(than);
  }
}
