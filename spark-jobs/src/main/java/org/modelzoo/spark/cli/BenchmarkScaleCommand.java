package org.modelzoo.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.Machine;
import org.modelzoo.spark.benchmark.BoardScale;
import org.modelzoo.spark.benchmark.BookkeepingScale;
import org.modelzoo.spark.benchmark.FarmScale;
import org.modelzoo.spark.benchmark.PredictionsScale;
import org.modelzoo.spark.benchmark.ProposalsScale;
import org.modelzoo.spark.benchmark.ReportScale;
import org.modelzoo.spark.benchmark.ScaleMeasurement;
import org.modelzoo.spark.benchmark.ScalePlot;
import org.modelzoo.spark.benchmark.ScaleResult;
import org.modelzoo.spark.benchmark.ScaleTable;
import org.modelzoo.spark.benchmark.SearchScale;
import org.modelzoo.spark.benchmark.StudyScale;
import org.modelzoo.spark.benchmark.SweepScale;
import org.modelzoo.spark.session.LocalFarm;
import org.modelzoo.store.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmark scale}: what driver and farm cost as a zoo grows; nothing is trained. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures what driver and farm cost as a zoo grows; nothing is trained.",
      "Every measurement also runs at an eighth, a quarter and a half of each of its sizes."
    })
final class BenchmarkScaleCommand implements Callable<Integer> {
  /**
   * What can be measured, in this order. Those that need a Spark session are last and share it: one
   * that ends in this process closes the jar files that other parts of the program still look
   * services up in.
   */
  enum Measure {
    BOOKKEEPING,
    PREDICTIONS,
    REPORT,
    STUDY,
    PROPOSALS,
    SWEEP,
    BOARD,
    SEARCH,
    FARM
  }

  @Option(
      names = "--measure",
      split = ",",
      paramLabel = "WHAT",
      description =
          "Of bookkeeping, predictions, report, study, proposals, sweep, board, search, farm, with commas between. Default: all.")
  private List<Measure> measures = List.of(Measure.values());

  @Option(
      names = "--units",
      paramLabel = "N",
      description = "farm: units to run (default ${DEFAULT-VALUE}).")
  private int units = 2000;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "search, farm: slots, threads of Spark in this process (default ${DEFAULT-VALUE}).")
  private int slots = 8;

  @Option(
      names = "--milliseconds",
      paramLabel = "N",
      description = "farm: what a unit sleeps (default ${DEFAULT-VALUE}).")
  private int milliseconds = 50;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "bookkeeping: tasks of the zoo (default ${DEFAULT-VALUE}).")
  private int tasks = 1000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "bookkeeping: rounds, of two members of five tasks each (default ${DEFAULT-VALUE}).")
  private int rounds = 5000;

  @Option(
      names = "--stored-tasks",
      paramLabel = "N",
      description = "predictions, report: tasks of the stored zoo (default ${DEFAULT-VALUE}).")
  private int storedTasks = 100;

  @Option(
      names = "--stored-members",
      paramLabel = "N",
      description = "predictions, report: its members, two a round (default ${DEFAULT-VALUE}).")
  private int storedMembers = 200;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "bookkeeping, predictions, report: images of a task, of five classes (default ${DEFAULT-VALUE}).")
  private int images = 600;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "search: trials that do no work (default ${DEFAULT-VALUE}).")
  private int trials = 1000;

  @Option(
      names = "--stored-trials",
      paramLabel = "N",
      description = "study, proposals: trials of the stored study (default ${DEFAULT-VALUE}).")
  private int storedTrials = 100_000;

  @Option(
      names = "--experiments",
      paramLabel = "N",
      description = "sweep: experiments, five of each setting (default ${DEFAULT-VALUE}).")
  private int experiments = 5000;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "board: finished runs below its root (default ${DEFAULT-VALUE}).")
  private int runs = 5000;

  @Option(
      names = "--whole",
      description = "Leave out the smaller sizes; there is nothing to plot then.")
  private boolean whole;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Append every result to a file, a line of JSON each.")
  private Path json;

  @Option(
      names = "--plot",
      paramLabel = "DIR",
      description = "Draw how the costs grow: scale-<measurement>.png.")
  private Path plots;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    checkSizes();
    prepareFiles();
    List<ScaleResult> results;
    try (LocalFarm farm = new LocalFarm(slots)) {
      results = measure(farm);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s, %d cores%n%n", Machine.processorModel(), Machine.coresHere());
    out.print(ScaleTable.of(results));
    out.flush();
    return 0;
  }

  private List<ScaleResult> measure(LocalFarm farm) {
    List<ScaleResult> results = new ArrayList<>();
    for (Measure measure : EnumSet.copyOf(measures)) {
      List<ScaleResult> measured =
          switch (measure) {
            case STUDY -> run(new StudyScale(storedTrials));
            case PROPOSALS -> run(new ProposalsScale(storedTrials));
            case SWEEP -> run(new SweepScale(experiments));
            case BOARD -> run(new BoardScale(runs));
            case SEARCH -> run(new SearchScale(farm.started(), trials));
            case FARM -> run(new FarmScale(farm.started(), units, milliseconds));
            case BOOKKEEPING -> run(new BookkeepingScale(tasks, rounds, images));
            case REPORT -> run(new ReportScale(storedTasks, storedMembers, images));
            case PREDICTIONS -> run(new PredictionsScale(storedTasks, storedMembers, images));
          };
      results.addAll(measured);
      if (plots != null && !whole) {
        write("--plot", plots, () -> ScalePlot.write(measured, plots));
      }
    }
    return results;
  }

  private void checkSizes() {
    require("--units", units, 1, 1_000_000);
    require("--slots", slots, 1, 1000);
    require("--milliseconds", milliseconds, 1, 60_000);
    require("--tasks", tasks, 1, 5000);
    require("--rounds", rounds, 1, 100_000);
    require("--stored-tasks", storedTasks, 1, 5000);
    require("--stored-members", storedMembers, 2, 100_000);
    require("--images", images, 10, 1_000_000);
    require("--trials", trials, 1, 100_000);
    require("--stored-trials", storedTrials, 1, 1_000_000);
    require("--experiments", experiments, 5, 10_000);
    require("--runs", runs, 1, 50_000);
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          "%s must be between %d and %d, not %d".formatted(option, least, most, value));
    }
  }

  /** Fails before the measurements where their files can't be written after them. */
  private void prepareFiles() {
    if (json != null) {
      write("--json", json, () -> append(new byte[0]));
    }
    if (plots != null) {
      write("--plot", plots, () -> Files.createDirectories(plots));
    }
  }

  private List<ScaleResult> run(ScaleMeasurement measurement) {
    return whole ? List.of(measurement.runWhole(this::finished)) : measurement.run(this::finished);
  }

  private void finished(ScaleResult result) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("%s: %s: %.3f s%n", result.measurement(), result.size(), result.seconds());
    if (json != null) {
      Map<String, Object> line = new LinkedHashMap<>(result.fields());
      line.put("processor", Machine.processorModel());
      line.put("cores", Machine.coresHere());
      write("--json", json, () -> append(Json.writeLine(line)));
    }
  }

  private void append(byte[] text) throws IOException {
    Files.write(json, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void write(String option, Path file, Output output) {
    try {
      output.write();
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "can't write %s %s: %s; give a place that exists and may be written to"
              .formatted(option, file, e),
          e);
    }
  }

  /** Writes a file. */
  @FunctionalInterface
  private interface Output {
    void write() throws IOException;
  }
}
