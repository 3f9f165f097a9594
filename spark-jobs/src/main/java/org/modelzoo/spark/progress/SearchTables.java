package org.modelzoo.spark.progress;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.modelzoo.base.KebabCase;
import org.modelzoo.report.live.LiveTable;
import org.modelzoo.search.TrialState;
import org.modelzoo.spark.event.Eta;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.MemberFinished;
import org.modelzoo.spark.event.RunEvent.MemberProgressed;
import org.modelzoo.spark.event.RunEvent.StudyProgressed;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.event.StudyProgress;
import org.modelzoo.training.MemberProgress;

/**
 * Hands on what happens, and tells of searches as tables for the live view too: how each stands,
 * and which of its members train. Lives on the driver; thread-safe.
 */
public final class SearchTables implements RunListener {
  private static final List<String> TRAINING =
      List.of("trial", "member", "epoch", "loss", "accuracy", "images/s", "device");

  private final RunListener next;
  private final Map<String, Map<String, List<String>>> inTraining = new HashMap<>();

  /**
   * @param next hears everything, and the tables
   */
  public SearchTables(RunListener next) {
    this.next = next;
  }

  @Override
  public synchronized void on(RunEvent event) {
    next.on(event);
    if (event instanceof StudyProgressed progressed) {
      String study = progressed.study();
      Map<String, List<String>> rows =
          inTraining.computeIfAbsent(study, name -> new LinkedHashMap<>(16, 0.75f, true));
      // A trial whose rung has ended trains no more.
      rows.values().removeIf(row -> progressed.news().startsWith(row.get(0) + " "));
      dropLateWord(rows, progressed.progress().trials().getOrDefault(TrialState.RUNNING, 0));
      next.on(new RunEvent.TableChanged(state(study, progressed.progress())));
      next.on(new RunEvent.TableChanged(training(study, rows)));
    } else if (event instanceof MemberProgressed member) {
      change(
          member.method(), (trial, rows) -> rows.put(trial + member.member(), row(trial, member)));
    } else if (event instanceof MemberFinished member) {
      change(member.method(), (trial, rows) -> rows.remove(trial + member.member()));
    }
  }

  /** Word from a trial may come after its rung has ended; no more train than run. */
  private static void dropLateWord(Map<String, List<String>> rows, int running) {
    // Those heard of last come last.
    List<String> trials = new ArrayList<>(rows.values().stream().map(row -> row.get(0)).toList());
    Collections.reverse(trials);
    Set<String> kept = trials.stream().distinct().limit(running).collect(Collectors.toSet());
    rows.values().removeIf(row -> !kept.contains(row.get(0)));
  }

  /** Where it is a trial's, whose name is its study's and its own. */
  private void change(String method, BiConsumer<String, Map<String, List<String>>> change) {
    int end = method.indexOf(' ');
    String study = method.substring(0, Math.max(0, end));
    Map<String, List<String>> rows = inTraining.get(study);
    if (rows != null) {
      change.accept(method.substring(end + 1), rows);
      next.on(new RunEvent.TableChanged(training(study, rows)));
    }
  }

  private static LiveTable state(String study, StudyProgress progress) {
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

  private static LiveTable training(String study, Map<String, List<String>> rows) {
    return new LiveTable(
        study + ": trials in training",
        2,
        TRAINING,
        rows.values().stream()
            .sorted(Comparator.comparing(row -> row.get(0) + row.get(1)))
            .toList(),
        List.of("device", "member", "images/s", "loss"));
  }

  private static List<String> row(String trial, MemberProgressed member) {
    MemberProgress progress = member.progress();
    return List.of(
        trial,
        member.member(),
        progress.epoch() + "/" + progress.epochs(),
        String.format(Locale.ROOT, "%.4f", progress.loss()),
        String.format(Locale.ROOT, "%.3f", progress.accuracy()),
        String.format(Locale.ROOT, "%,.0f", progress.imagesPerSecond()),
        member.place().device());
  }
}
