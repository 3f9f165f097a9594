package org.modelzoo.spark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws how a cost grows: a line for each number that was made smaller. */
public final class ScalePlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;

  private ScalePlot() {}

  /**
   * Writes {@code scale-<measurement>.png}.
   *
   * @param results of one measurement, the whole case last
   */
  public static void write(List<ScaleResult> results, Path directory) throws IOException {
    ScaleResult whole = results.get(results.size() - 1);
    boolean busy = whole.busyShare().isPresent();
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("%s: %s".formatted(whole.measurement(), whole.size()))
            .xAxisTitle("share of that size, the other numbers as they are")
            .yAxisTitle(busy ? "busy share of the slots' time" : "seconds")
            .build();
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
    if (busy) {
      chart.getStyler().setYAxisMax(1.0);
    }
    byAxis(results).forEach((axis, smaller) -> addLine(chart, axis, smaller, whole));
    Path file = directory.resolve("scale-" + whole.measurement() + ".png");
    Files.write(file, ChartEncoder.getBytes(chart, "png"));
  }

  private static Map<String, List<ScaleResult>> byAxis(List<ScaleResult> results) {
    return results.stream()
        .filter(result -> result.grown().isPresent())
        .collect(Collectors.groupingBy(result -> result.grown().orElseThrow()));
  }

  private static void addLine(
      XYChart chart, String axis, List<ScaleResult> smaller, ScaleResult whole) {
    List<ScaleResult> line = Stream.concat(smaller.stream(), Stream.of(whole)).toList();
    double size = whole.size().get(axis);
    chart.addSeries(
        axis,
        line.stream().mapToDouble(result -> result.size().get(axis) / size).toArray(),
        line.stream().mapToDouble(result -> result.busyShare().orElse(result.seconds())).toArray());
  }
}
