package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.modelzoo.report.TextTable;
import org.modelzoo.spark.job.ExecutorSize;

/** What executors need, part by part, and Spark's settings for it, ready to paste. */
final class SizeTable {
  private static final double MEGABYTE = 1e6;

  private SizeTable() {}

  static void print(PrintWriter out, ExecutorSize size) {
    TextTable table =
        new TextTable(
            1,
            List.of(
                "executor of %d member%s".formatted(size.members(), size.members() == 1 ? "" : "s"),
                "MB"));
    row(table, "heap: Spark and Java", ExecutorSize.SPARK);
    row(table, "heap: images of all tasks", size.images());
    row(table, "beside it: libraries, threads, buffers", ExecutorSize.LIBRARIES);
    if (size.gpus() > 0) {
      row(table, "beside it: CUDA and cuDNN", ExecutorSize.CARD);
      row(table, "on the card, a member: training", size.member().training());
      row(table, "on the card, a member: prediction", size.member().prediction());
    } else {
      row(table, "beside it, a member: training", size.member().training());
      row(table, "beside it, a member: prediction", size.member().prediction());
    }
    table.rule();
    row(table, "in all, in whole GiB of heap and rest", size.heap() + size.overhead());
    row(table, "driver: heap, in whole GiB", size.driverHeap());
    out.println();
    out.print(table);
    out.println();
    out.println("Spark's settings for it:");
    out.println(
        size.settings().entrySet().stream()
            .map(setting -> "  --conf " + quoted(setting.getKey() + "=" + setting.getValue()))
            .collect(Collectors.joining(" \\\n")));
    out.flush();
  }

  private static String quoted(String setting) {
    return setting.contains(" ") ? "'" + setting + "'" : setting;
  }

  private static void row(TextTable table, String name, long bytes) {
    table.add(List.of(name, "%,d".formatted((long) Math.ceil(bytes / MEGABYTE))));
  }
}
