package org.modelzoo.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.benchmark.search.CoverageComparison;
import org.modelzoo.benchmark.search.HalvingComparison;
import org.modelzoo.benchmark.search.SamplerComparison;
import org.modelzoo.benchmark.search.SamplerResult;
import org.modelzoo.benchmark.search.TestFunction;
import org.modelzoo.config.SchedulerConfig.Promotion;
import org.modelzoo.spark.benchmark.SearchPlot;
import org.modelzoo.spark.benchmark.SearchTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmark search}: samplers and ASHA on problems with known answers. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares samplers on functions with known minima, and ASHA with random search.",
      "The latter on invented learning curves. Nothing is trained, and the same seeds give the same"
          + " numbers."
    })
final class BenchmarkSearchCommand implements Callable<Integer> {
  private static final List<Integer> POINTS = List.of(16, 64, 256);

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Repetitions (default ${DEFAULT-VALUE}).")
  private int seeds = 20;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Trials of each sampler on each function (default ${DEFAULT-VALUE}).")
  private int trials = 100;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Append every result to a file, a line of JSON each; - is standard output.")
  private String json;

  @Option(
      names = "--plot",
      paramLabel = "DIR",
      description = "Draw how the searches come on: search-<function>.png, search-asha.png.")
  private Path plots;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    require("--seeds", seeds, 2, 1000);
    require("--trials", trials, 2, 10_000);
    PrintWriter out = spec.commandLine().getOut();
    JsonLines lines = JsonLines.to(json, out);
    if (plots != null) {
      write(() -> Files.createDirectories(plots));
    }
    List<List<SamplerResult>> functions = new ArrayList<>();
    for (TestFunction function : TestFunction.values()) {
      functions.add(new SamplerComparison(seeds, trials).run(function));
    }
    List<CoverageComparison.Coverage> coverage =
        POINTS.stream().map(points -> CoverageComparison.run(points, seeds)).toList();
    List<List<HalvingComparison.Halving>> halving =
        Stream.of(Promotion.values()).map(this::halving).toList();
    Stream.of(
            functions.stream().flatMap(List::stream),
            coverage.stream(),
            halving.stream().flatMap(List::stream))
        .flatMap(results -> results)
        .forEach(lines::add);
    if (plots != null) {
      functions.forEach(results -> write(() -> SearchPlot.writeSamplers(results, plots)));
      write(() -> SearchPlot.writeHalving(halving, plots));
    }
    if (!lines.takeStandardOutput()) {
      out.println(SearchTable.ofSamplers(functions));
      out.println(SearchTable.ofCoverage(coverage, seeds));
      halving.forEach(kind -> out.print(SearchTable.ofHalving(kind)));
      out.flush();
    }
    return 0;
  }

  private List<HalvingComparison.Halving> halving(Promotion promotion) {
    return LongStream.range(0, seeds)
        .mapToObj(seed -> HalvingComparison.run(seed, promotion))
        .toList();
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          "%s must be between %d and %d, not %d".formatted(option, least, most, value));
    }
  }

  private void write(Output output) {
    try {
      output.write();
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "can't write --plot %s: %s; give a place that exists and may be written to"
              .formatted(plots, e),
          e);
    }
  }

  /** Writes a file. */
  @FunctionalInterface
  private interface Output {
    void write() throws IOException;
  }
}
