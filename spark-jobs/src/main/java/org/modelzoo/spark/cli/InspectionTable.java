package org.modelzoo.spark.cli;

import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.modelzoo.inspection.ChannelStatistics;
import org.modelzoo.inspection.ClassCounts;
import org.modelzoo.inspection.DataInspection;
import org.modelzoo.inspection.Duplicates;
import org.modelzoo.inspection.TaskInspection;
import org.modelzoo.report.TextTable;

/** What {@code data inspect} prints: a row for each task, and what is there twice. */
final class InspectionTable {
  private InspectionTable() {}

  /** As wide as it needs to be; the tables have a column less on a terminal that is too narrow. */
  static String of(DataInspection inspection, int columns) {
    TextTable images =
        new TextTable(
            1,
            List.of(
                "task",
                "classes",
                "train",
                "held out",
                "a class",
                "test",
                "of a class",
                "mean",
                "deviation"));
    inspection.tasks().forEach(task -> images.add(imagesOf(task)));
    return "%s: %d tasks of %s images, fingerprint %s\n\n%s\n%s"
        .formatted(
            inspection.name(),
            inspection.tasks().size(),
            inspection.shape(),
            inspection.fingerprint(),
            images.fit(columns, List.of("of a class", "deviation")),
            duplicates(inspection, columns));
  }

  private static List<String> imagesOf(TaskInspection task) {
    return List.of(
        task.name(),
        Integer.toString(task.classes().size()),
        number(task.train()),
        number(task.validation()),
        range(task, counts -> counts.train() + counts.validation()),
        number(task.test()),
        range(task, ClassCounts::test),
        channels(task, ChannelStatistics::mean),
        channels(task, ChannelStatistics::deviation));
  }

  private static String duplicates(DataInspection inspection, int columns) {
    TextTable table =
        new TextTable(
            1,
            List.of(
                "equal images",
                "in training",
                "of another label",
                "in test",
                "test in training",
                "test in other tasks' training"));
    List<TaskInspection> found =
        inspection.tasks().stream().filter(task -> task.duplicates().any()).toList();
    found.forEach(task -> table.add(duplicatesOf(task)));
    return found.isEmpty()
        ? "No two images are equal.\n"
        : table.fit(columns, List.of("in test", "in training"));
  }

  private static List<String> duplicatesOf(TaskInspection task) {
    Duplicates duplicates = task.duplicates();
    return List.of(
        task.name(),
        number(duplicates.train()),
        number(duplicates.contradicting()),
        number(duplicates.test()),
        number(duplicates.testInTrain()),
        number(duplicates.testInOtherTasks()));
  }

  private static String range(TaskInspection task, ToIntFunction<ClassCounts> count) {
    IntSummaryStatistics counts = task.classes().stream().mapToInt(count).summaryStatistics();
    return counts.getMin() == counts.getMax()
        ? number(counts.getMin())
        : number(counts.getMin()) + "–" + number(counts.getMax());
  }

  private static String channels(
      TaskInspection task, ToDoubleFunction<ChannelStatistics> statistic) {
    return task.channels().stream()
        .map(channel -> "%.3f".formatted(statistic.applyAsDouble(channel)))
        .collect(Collectors.joining(" "));
  }

  private static String number(int number) {
    return "%,d".formatted(number);
  }
}
