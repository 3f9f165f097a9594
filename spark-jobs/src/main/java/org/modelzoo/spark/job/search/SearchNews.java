package org.modelzoo.spark.job.search;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TrialResource;
import org.modelzoo.search.Assignment;
import org.modelzoo.search.RungReport;
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

  void started(Assignment assignment) {
    trials.changed(assignment.trial());
    counting.run(() -> progress(""));
  }

  void interrupted(Assignment assignment, String why) {
    trials.changed(assignment.trial());
    remark("%s is tried again: %s".formatted(rung(assignment), why));
  }

  void open(Assignment assignment, String why) {
    remark(
        "%s failed, and its trial with it once another one succeeds: %s"
            .formatted(rung(assignment), why));
  }

  void ended(Assignment assignment, RungReport report) {
    rungs++;
    trials.changed(assignment.trial());
    String what =
        report.status() == RungReport.Status.FINISHED
            ? String.format(Locale.ROOT, "%s %.4f", objective, report.value())
            : KebabCase.of(report.status()) + ": " + report.message();
    progress("%s, %d %s: %s".formatted(rung(assignment), assignment.resource(), unit, what));
  }

  private static String rung(Assignment assignment) {
    return "%s rung %d".formatted(Trial.name(assignment.trial()), assignment.work().rung() + 1);
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
