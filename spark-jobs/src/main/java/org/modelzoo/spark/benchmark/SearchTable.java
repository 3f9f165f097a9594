package org.modelzoo.spark.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.modelzoo.base.KebabCase;
import org.modelzoo.benchmark.search.CoverageComparison;
import org.modelzoo.benchmark.search.HalvingComparison;
import org.modelzoo.benchmark.search.SamplerResult;
import org.modelzoo.report.TextTable;

/** The results of comparisons of searches as text for a terminal. */
public final class SearchTable {
  private SearchTable() {}

  /** Regrets, a line below each function. */
  public static String ofSamplers(List<List<SamplerResult>> functions) {
    TextTable table =
        new TextTable(
            2, List.of("function", "sampler", "regret", "quartiles", "below random", "p"));
    for (List<SamplerResult> results : functions) {
      for (SamplerResult result : results) {
        boolean random = Double.isNaN(result.probability());
        table.add(
            List.of(
                KebabCase.of(result.function()),
                KebabCase.of(result.sampler()),
                format("%.3f", result.median()),
                format("%.3f–%.3f", result.lowerQuartile(), result.upperQuartile()),
                random ? "" : format("%d of %d", result.wins(), result.seeds()),
                random ? "" : format("%.1g", result.probability())));
      }
      table.rule();
    }
    return table.toString();
  }

  /** Discrepancies. */
  public static String ofCoverage(List<CoverageComparison.Coverage> coverage, int seeds) {
    TextTable table =
        new TextTable(0, List.of("points", "random", "quasi-random", "quasi-random below"));
    for (CoverageComparison.Coverage points : coverage) {
      table.add(
          List.of(
              format("%d", points.points()),
              format("%.4f", points.random()),
              format("%.4f", points.quasiRandom()),
              format("%d of %d", points.wins(), seeds)));
    }
    return table.toString();
  }

  /** The share of random search's epochs that ASHA with one kind of promotion took, in one line. */
  public static String ofHalving(List<HalvingComparison.Halving> seeds) {
    double[] shares = seeds.stream().mapToDouble(HalvingComparison.Halving::share).toArray();
    long reached = seeds.stream().filter(HalvingComparison.Halving::reached).count();
    long half = Arrays.stream(shares).filter(share -> share <= 0.5).count();
    Percentile percentile = new Percentile();
    percentile.setData(shares);
    return format(
        "asha (promotion %s) reached random search's best in %d of %d seeds, with at most half of its epochs in %d;"
            + " its share of them: median %.1f %%, quartiles %.1f–%.1f %%, largest %.1f %%%n",
        KebabCase.of(seeds.get(0).promotion()),
        reached,
        seeds.size(),
        half,
        100 * percentile.evaluate(50),
        100 * percentile.evaluate(25),
        100 * percentile.evaluate(75),
        100 * percentile.evaluate(100));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
