package org.modelzoo.report.study;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TrialResource;
import org.modelzoo.search.Direction;
import org.modelzoo.search.Study;
import org.modelzoo.search.StudyEvent;
import org.modelzoo.search.StudyLog;
import org.modelzoo.search.StudySettings;
import org.modelzoo.search.Trial;
import org.modelzoo.search.TrialState;
import org.modelzoo.search.space.Space;
import org.modelzoo.store.LineLog;
import org.modelzoo.store.RunDirectory;

/**
 * A study as a report shows it, at any time of the search.
 *
 * @param name of the experiment
 * @param objective what is optimised, in words
 * @param resource what rungs are measured in, for example epochs
 * @param images trained on, over all trials
 * @param seconds of wall time
 * @param end why it is finished, in words; empty while it is not
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
  private static final int MOST_BEST = 500;
  private static final int MOST_NEWEST = 500;

  /** The study of a directory, as its log tells. */
  static ReportedStudy read(RunDirectory directory) {
    ModelZooConfig config =
        ConfigLoader.parse(directory.configuration(), directory.path("config.conf").toString())
            .values();
    StudySettings settings =
        StudySettings.of(
            config.search(), config.experiment().seed(), TrialResource.of(config).maximum());
    List<StudyEvent> events =
        StudyLog.parse(LineLog.ofStudy(directory).read(), directory.path("log").toString());
    return of(config, settings, Study.read(settings, events));
  }

  /** A study of a configuration, as it stands. */
  public static ReportedStudy of(ModelZooConfig config, StudySettings settings, Study study) {
    return of(
        config.experiment().name(),
        KebabCase.of(config.search().objective()).replace('-', ' '),
        TrialResource.of(config).unit(),
        settings,
        study);
  }

  static ReportedStudy of(
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
        study.finished().map(ReportedStudy::words));
  }

  /**
   * The trials that a page has room for, in the order of starting: all where there are few,
   * otherwise the best, those trained furthest before, and the newest.
   */
  List<Trial> shown() {
    if (trials.size() <= MOST_BEST + MOST_NEWEST) {
      return trials;
    }
    SortedMap<Integer, Trial> shown = new TreeMap<>();
    trials.stream()
        .filter(trial -> trial.value().isPresent())
        .sorted(
            Comparator.comparingInt((Trial trial) -> -trial.resource())
                .thenComparingDouble(trial -> direction.loss(trial.value().getAsDouble()))
                .thenComparingInt(Trial::number))
        .limit(MOST_BEST)
        .forEach(trial -> shown.put(trial.number(), trial));
    trials.stream()
        .skip(trials.size() - MOST_NEWEST)
        .forEach(trial -> shown.put(trial.number(), trial));
    return List.copyOf(shown.values());
  }

  /** What an explanation adds where not all trials are shown. */
  String thinned() {
    return trials.size() <= MOST_BEST + MOST_NEWEST
        ? ""
        : " The best %d and the newest %d of %,d trials are shown; trials.csv has all."
            .formatted(MOST_BEST, MOST_NEWEST, trials.size());
  }

  private static String words(StudyEvent.Reason reason) {
    return switch (reason) {
      case TRIALS -> "all trials are through";
      case SECONDS -> "its time is used up";
      case IMAGES -> "its images are used up";
      case TARGET -> "a trial has reached the target";
    };
  }

  /** So much of the resource in words, such as {@code 9 epochs}. */
  String amount(int of) {
    return of + " " + (of == 1 ? resource.replaceFirst("s$", "") : resource);
  }

  /** Whether one value is better than another. */
  boolean isBetter(double value, double than) {
    return direction.loss(value) < direction.loss(than);
  }
}
