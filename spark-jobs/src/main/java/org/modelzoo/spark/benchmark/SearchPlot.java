package org.modelzoo.spark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.modelzoo.base.KebabCase;
import org.modelzoo.benchmark.search.HalvingComparison;
import org.modelzoo.benchmark.search.SamplerResult;

/** Draws how searches come on. */
public final class SearchPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;

  private SearchPlot() {}

  /** Writes {@code search-<function>.png}: a line of median regrets for each sampler. */
  public static void writeSamplers(List<SamplerResult> results, Path directory) throws IOException {
    String function = KebabCase.of(results.get(0).function());
    XYChart chart =
        chart(
            "%s: median of %d seeds".formatted(function, results.get(0).seeds()),
            "trials",
            "regret");
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    for (SamplerResult result : results) {
      addLine(chart, KebabCase.of(result.sampler()), result.curve());
    }
    write(chart, directory.resolve("search-" + function + ".png"));
  }

  /**
   * Writes {@code search-asha.png}: for each kind of promotion the seeds' shares in the order of
   * their size.
   */
  public static void writeHalving(List<List<HalvingComparison.Halving>> promotions, Path directory)
      throws IOException {
    XYChart chart =
        chart(
            "Epochs until ASHA is as good as random search's best",
            "seeds",
            "share of random search's epochs");
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    for (List<HalvingComparison.Halving> seeds : promotions) {
      addLine(
          chart,
          "asha, promotion " + KebabCase.of(seeds.get(0).promotion()),
          seeds.stream().map(HalvingComparison.Halving::share).sorted().toList());
    }
    addLine(chart, "half", promotions.get(0).stream().map(seed -> 0.5).toList());
    write(chart, directory.resolve("search-asha.png"));
  }

  private static XYChart chart(String title, String x, String y) {
    return new XYChartBuilder()
        .width(WIDTH)
        .height(HEIGHT)
        .title(title)
        .xAxisTitle(x)
        .yAxisTitle(y)
        .build();
  }

  private static void addLine(XYChart chart, String name, List<Double> values) {
    List<Integer> numbers = IntStream.rangeClosed(1, values.size()).boxed().toList();
    chart.addSeries(name, numbers, values).setMarker(SeriesMarkers.NONE);
  }

  private static void write(XYChart chart, Path file) throws IOException {
    Files.write(file, ChartEncoder.getBytes(chart, "png"));
  }
}
