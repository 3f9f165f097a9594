package org.modelzoo.spark.progress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.modelzoo.config.KebabCase;
import org.modelzoo.spark.progress.RunEvent.MemberProgressed;
import org.modelzoo.spark.progress.RunEvent.StudyProgressed;
import org.modelzoo.training.MemberProgress;

/**
 * Hands on what happens in a search, and tells it as tables for the live view too: how the search
 * stands, and which of its members train. Lives on the driver; thread-safe.
 */
public final class SearchTables implements RunListener {
  private static final List<String> TRAINING =
      List.of("trial", "member", "epoch", "loss", "accuracy", "images/s", "device");

  private final String study;
  private final RunListener next;
  private final Map<String, List<String>> inTraining = new LinkedHashMap<>();

  /**
   * @param study its name
   * @param next hears everything, and the tables
   */
  public SearchTables(String study, RunListener next) {
    this.study = study;
    this.next = next;
  }

  @Override
  public synchronized void on(RunEvent event) {
    next.on(event);
    if (event instanceof StudyProgressed progressed) {
      // A trial whose rung has ended trains no more.
      inTraining.values().removeIf(row -> progressed.news().startsWith(row.get(0) + " "));
      next.on(new RunEvent.TableChanged(state(progressed.progress())));
      next.on(new RunEvent.TableChanged(training()));
    } else if (event instanceof MemberProgressed member) {
      inTraining.put(member.method() + " " + member.member(), row(member));
      next.on(new RunEvent.TableChanged(training()));
    }
  }

  private LiveTable state(StudyProgress progress) {
    List<String> header = new ArrayList<>(List.of("best", "trials"));
    List<String> row =
        new ArrayList<>(
            List.of(
                progress.best().isEmpty() ? "–" : progress.best(),
                "%,d of %,d".formatted(progress.started(), progress.limit())));
    progress
        .trials()
        .forEach(
            (state, count) -> {
              if (count > 0) {
                header.add(KebabCase.of(state));
                row.add("%,d".formatted(count));
              }
            });
    header.addAll(List.of("rungs", "images/s", "ETA"));
    row.add("%,d".formatted(progress.rungs()));
    row.add(String.format(Locale.ROOT, "%,.0f", progress.imagesPerSecond()));
    row.add(Eta.text(progress.left()));
    return new LiveTable(
        "search " + study, 1, header, List.of(row), List.of("rungs", "images/s", "best"));
  }

  private LiveTable training() {
    return new LiveTable(
        study + ": trials in training",
        2,
        TRAINING,
        List.copyOf(inTraining.values()),
        List.of("device", "member", "images/s", "loss"));
  }

  private static List<String> row(MemberProgressed member) {
    MemberProgress progress = member.progress();
    return List.of(
        member.method(),
        member.member(),
        progress.epoch() + "/" + progress.epochs(),
        String.format(Locale.ROOT, "%.4f", progress.loss()),
        String.format(Locale.ROOT, "%.3f", progress.accuracy()),
        String.format(Locale.ROOT, "%,.0f", progress.imagesPerSecond()),
        member.place().device());
  }
}
