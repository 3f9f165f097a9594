package org.modelzoo.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SearchConfig;
import org.modelzoo.search.Study;
import org.modelzoo.search.StudyEvent;
import org.modelzoo.search.Trial;
import org.modelzoo.search.TrialState;

/**
 * A search in numbers, {@code study.json}.
 *
 * @param finished why it is finished: trials, seconds, images or target; null while it is not
 * @param bestTrial of those trained furthest the one with the best value; null, as what follows,
 *     where no trial has a value
 * @param bestResource epochs or rounds that it was trained for
 * @param trials by state
 * @param rungs that ended, with or without a value
 * @param images trained on, over all trials
 * @param wallSeconds of all starts of the program
 */
public record StudySummary(
    int formatVersion,
    String experiment,
    String method,
    long seed,
    String objective,
    String sampler,
    String scheduler,
    String finished,
    Integer bestTrial,
    Double bestValue,
    Integer bestResource,
    Map<String, Object> bestParameters,
    Map<String, Integer> trials,
    int rungs,
    long images,
    double wallSeconds) {
  public static final int FORMAT_VERSION = 1;

  /** A study as it stands. */
  public static StudySummary of(ModelZooConfig config, Study study) {
    SearchConfig search = config.search();
    Optional<Trial> best = study.best();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Map.Entry<TrialState, Integer> count : study.counts().entrySet()) {
      counts.put(count.getKey().name().toLowerCase(Locale.ROOT), count.getValue());
    }
    return new StudySummary(
        FORMAT_VERSION,
        config.experiment().name(),
        KebabCase.of(config.experiment().method()),
        config.experiment().seed(),
        KebabCase.of(search.objective()),
        KebabCase.of(search.sampler().method()),
        KebabCase.of(search.scheduler().method()),
        study.finished().map(StudySummary::word).orElse(null),
        best.map(Trial::number).orElse(null),
        best.map(trial -> trial.value().orElseThrow()).orElse(null),
        best.map(Trial::resource).orElse(null),
        best.map(Trial::parameters).orElse(null),
        counts,
        study.rungs(),
        study.images(),
        study.seconds());
  }

  /** Whether another summary tells of as much work, and of the same end. */
  public boolean isAsFarAs(StudySummary other) {
    return Objects.equals(finished, other.finished)
        && Objects.equals(trials, other.trials)
        && rungs == other.rungs;
  }

  private static String word(StudyEvent.Reason reason) {
    return KebabCase.of(reason);
  }
}
