package org.modelzoo.spark.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.modelzoo.benchmark.BenchmarkResult;
import org.modelzoo.benchmark.StepProfile;
import org.modelzoo.benchmark.StepProfile.LayerTime;
import org.modelzoo.report.TextTable;

/** The benchmark's results for a terminal. */
final class BenchmarkTable {
  private static final List<String> EXPENDABLE =
      List.of("input ms", "update ms", "10–90 %", "backward ms", "forward ms", "threads", "kind");
  private static final String PROFILE_NOTE =
      """
      Medians. Rates of convolutions and heads count a multiplication and an addition as two
      operations, and those of the plain algorithm: Winograd's needs fewer, so its rate may exceed
      the processor's. Logits and loss of the heads are computed in the backward phase. GB/s of the
      other layers: forward the bytes of inputs and outputs, backward those of inputs, their
      gradients and the outputs' gradient, each once, as if nothing was read twice. "between the
      layers" is the rest of forward and backward: the images' way to the native side, sums of
      gradients where the network forks, score, workspaces. "update" is the optimiser's. Not in it:
      the input pipeline.
      """;

  private final List<BenchmarkResult> results = new ArrayList<>();
  private final List<StepProfile> profiles = new ArrayList<>();

  void add(BenchmarkResult result) {
    results.add(result);
  }

  void add(StepProfile profile) {
    profiles.add(profile);
  }

  /** Everything added, for a terminal of so many columns. */
  String text(int width) {
    StringBuilder text = new StringBuilder();
    if (!results.isEmpty()) {
      BenchmarkResult any = results.get(0);
      text.append(machine(any.processor(), any.cores(), any.java(), any.backend(), any.version()));
      text.append('\n').append(steps().fit(width, EXPENDABLE));
    }
    profiles.forEach(profile -> text.append(layers(profile, width)));
    return text.toString();
  }

  /** The line above every table: what it was measured on. */
  static String machine(String processor, int cores, String java, String backend, String version) {
    return "%s, cores: %d%nJava %s, %s, Model Zoo %s%n"
        .formatted(processor, cores, java, backend, version);
  }

  private TextTable steps() {
    TextTable table =
        new TextTable(
            2,
            List.of(
                "network",
                "kind",
                "batch",
                "members",
                "threads",
                "engine",
                "precision",
                "device",
                "images/s",
                "step ms",
                "10–90 %",
                "forward ms",
                "backward ms",
                "update ms",
                "input ms",
                "peak MB"));
    for (BenchmarkResult result : results) {
      table.add(
          List.of(
              result.network(),
              result.kind(),
              Integer.toString(result.batch()),
              Integer.toString(result.members()),
              Integer.toString(result.threads()),
              result.engine(),
              result.precision(),
              result.device(),
              number("%.1f", result.imagesPerSecond()),
              millis(result.stepMsMedian()),
              millis(result.stepMsP10()) + "–" + millis(result.stepMsP90()),
              millis(result.forwardMs()),
              millis(result.backwardMs()),
              millis(result.updateMs()),
              millis(result.inputMs()),
              number("%.0f", result.peakRssMb())));
    }
    return table;
  }

  private static String layers(StepProfile profile, int width) {
    TextTable table =
        new TextTable(
            2,
            List.of(
                "layer",
                "kind",
                "forward ms",
                "backward ms",
                "share",
                "forward rate",
                "backward rate"));
    profile.layers().forEach(layer -> add(table, layer));
    double between = between(profile);
    addRest(table, "between the layers", between, between / profile.stepMsMedian());
    addRest(table, "update", profile.updateMs(), profile.updateMs() / profile.stepMsMedian());
    table.rule();
    sums(profile.layers()).forEach(sum -> add(table, sum));
    return machine(
            profile.processor(),
            profile.cores(),
            profile.java(),
            profile.backend(),
            profile.version())
        + number(
            "%s, batch %d, one member, threads: %d; step %.2f ms, %.1f images/s, %d steps%n%n",
            profile.network(),
            profile.batch(),
            profile.threads(),
            profile.stepMsMedian(),
            profile.imagesPerSecond(),
            profile.steps())
        + table.fit(width, List.of("kind", "forward rate", "backward rate"))
        + "\n"
        + PROFILE_NOTE
        + "\n";
  }

  private static double between(StepProfile profile) {
    double layers =
        profile.layers().stream()
            .mapToDouble(layer -> layer.forwardMs() + layer.backwardMs())
            .sum();
    return Math.max(0, profile.forwardMs() + profile.backwardMs() - layers);
  }

  private static void addRest(TextTable table, String name, double time, double share) {
    table.add(List.of(name, "", "", millis(time), percent(share), "", ""));
  }

  private static void add(TextTable table, LayerTime layer) {
    table.add(
        List.of(
            layer.name(),
            layer.kind(),
            millis(layer.forwardMs()),
            millis(layer.backwardMs()),
            percent(layer.share()),
            rate(layer.forwardMs(), layer.forwardGflop(), layer.forwardGb()),
            rate(layer.backwardMs(), layer.backwardGflop(), layer.backwardGb())));
  }

  private static String rate(double time, double gflop, double gigabytes) {
    if (time == 0) {
      return "";
    }
    return gflop > 0
        ? number("%.1f GFLOP/s", 1e3 * gflop / time)
        : number("%.1f GB/s", 1e3 * gigabytes / time);
  }

  /** The layers of each kind together. */
  private static List<LayerTime> sums(List<LayerTime> layers) {
    Map<String, LayerTime> sums = new LinkedHashMap<>();
    for (LayerTime layer : layers) {
      sums.merge(layer.kind(), named("all", layer), BenchmarkTable::sum);
    }
    return List.copyOf(sums.values());
  }

  private static LayerTime named(String name, LayerTime layer) {
    LayerTime nothing = new LayerTime(name, layer.kind(), 0, 0, 0, 0, 0, 0, 0);
    return sum(nothing, layer);
  }

  private static LayerTime sum(LayerTime one, LayerTime other) {
    return new LayerTime(
        one.name(),
        one.kind(),
        one.forwardMs() + other.forwardMs(),
        one.backwardMs() + other.backwardMs(),
        one.share() + other.share(),
        one.forwardGflop() + other.forwardGflop(),
        one.backwardGflop() + other.backwardGflop(),
        one.forwardGb() + other.forwardGb(),
        one.backwardGb() + other.backwardGb());
  }

  private static String percent(double share) {
    return number("%.1f %%", 100 * share);
  }

  private static String millis(Double value) {
    return number(value != null && value < 1 ? "%.3f" : "%.2f", value);
  }

  /** With a decimal point, wherever the terminal is; a dash where there is nothing. */
  private static String number(String pattern, Object... values) {
    return values[0] == null ? "–" : String.format(Locale.ROOT, pattern, values);
  }
}
