package org.modelzoo.spark.job.search;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TrialResource;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Study;
import org.modelzoo.search.Trial;
import org.modelzoo.search.TrialState;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.event.StudyProgress;
import org.modelzoo.spark.job.Throttle;

/** Tells listeners how a search comes on. Lives on the driver; one thread. */
final class SearchNews {
  private final String name;
  private final String objective;
  private final String unit;
  private final Study study;
  private final RunListener listener;
  private final TrialNews trials;
  private final Throttle counting = new Throttle(System::nanoTime);
  private final long started = System.nanoTime();
  private final long imagesBefore;
  private final int startedBefore;
  private int rungs;

  /** For one start of the program. */
  SearchNews(ModelZooConfig config, Study study, RunListener listener) {
    this.name = config.experiment().name();
    this.objective = KebabCase.of(config.search().objective());
    this.unit = TrialResource.of(config).unit();
    this.study = study;
    this.listener = listener;
    this.trials = new TrialNews(name, study, listener);
    this.imagesBefore = study.images();
    this.startedBefore = study.started();
  }

  /** The study is open. */
  void opened(String location) {
    remark(
        startedBefore == 0
            ? "up to %,d trials, in %s".formatted(study.limits().trials(), location)
            : "continues after %,d of up to %,d trials, in %s"
                .formatted(startedBefore, study.limits().trials(), location));
    listener.on(new RunEvent.StudyStarted(name, location));
    trials.tellAll();
  }

  /**
   * The study's files are written, and it does nothing any more.
   *
   * @param failure why it isn't complete; empty if it is
   */
  void closed(Optional<String> failure) {
    trials.tellAll();
    listener.on(new RunEvent.StudyEnded(name, failure));
  }

  void started(Trial trial) {
    trials.changed(trial.number());
    counting.run(() -> progress(""));
  }

  void interrupted(Trial trial, String why) {
    trials.changed(trial.number());
    remark("%s is tried again: %s".formatted(rung(trial), why));
  }

  void open(Trial trial, String why) {
    remark(
        "%s failed, and its trial with it once another one succeeds: %s"
            .formatted(rung(trial), why));
  }

  void ended(Trial trial, RungOutcome outcome) {
    rungs++;
    trials.changed(trial.number());
    String what =
        outcome.hasValue()
            ? String.format(Locale.ROOT, "%s %.4f", objective, outcome.value())
            : KebabCase.of(outcome.status()) + ": " + outcome.message();
    progress("%s, %d %s: %s".formatted(rung(trial), trial.rung().to(), unit, what));
  }

  private static String rung(Trial trial) {
    return "%s rung %d".formatted(trial.name(), trial.rung().number() + 1);
  }

  private void remark(String text) {
    listener.on(new RunEvent.Remark(name, text));
  }

  private void progress(String news) {
    Map<TrialState, Integer> counts = new EnumMap<>(study.counts());
    double seconds = (System.nanoTime() - started) / 1e9;
    listener.on(
        new RunEvent.StudyProgressed(
            name,
            news,
            new StudyProgress(
                counts,
                study.limits().trials(),
                rungs,
                study.best().map(this::best).orElse(""),
                (study.images() - imagesBefore) / Math.max(seconds, 1e-3),
                left(counts, seconds))));
  }

  private String best(Trial trial) {
    return String.format(
        Locale.ROOT,
        "%s %.4f after %d %s (trial %d)",
        objective,
        trial.value().orElseThrow(),
        trial.resource(),
        unit,
        trial.number());
  }

  /** At the pace so far, as if every trial that is to come cost what those before did. */
  private Optional<Duration> left(Map<TrialState, Integer> counts, double seconds) {
    int busy = counts.get(TrialState.RUNNING) + counts.get(TrialState.WAITING);
    int done = study.started() - startedBefore - busy;
    int toCome = study.limits().trials() - study.started() + busy;
    return done <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.round(1000 * seconds / done * toCome)));
  }
}
