package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.compaction.Budget;
import org.modelzoo.network.PredictionTime;
import org.modelzoo.report.CompactionCsv;
import org.modelzoo.report.CompactionTable;
import org.modelzoo.report.run.RunReport;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.ReportFile;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;
import org.modelzoo.zoo.CompactedZoo;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooArchive;
import org.modelzoo.zoo.ZooExport;
import org.modelzoo.zoo.ZooManifest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code export}: a zoo in one file, with all its members or with fewer, or as ONNX. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a zoo into one archive, for evaluate, predict and the Java API.",
      "With --compact it leaves members out that the zoo can do without, and weights the others.",
      "With --format onnx it writes the ensemble of a task as an ONNX graph."
    })
final class ExportCommand implements Callable<Integer> {
  @Option(names = "--zoo", paramLabel = "DIR", required = true, description = "Run directory.")
  private String zoo;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "The file, on any Hadoop file system; one that is there is replaced.")
  private String output;

  @Mixin private OnnxOptions onnx;

  @ArgGroup(exclusive = false)
  private Compaction compaction;

  @Spec private CommandSpec spec;

  /** What belongs to {@code --compact}. */
  private static final class Compaction {
    @Option(
        names = "--compact",
        required = true,
        description =
            "Leave members out by the predictions they stored when they were trained. Without a"
                + " budget: as many as go without loss of accuracy; otherwise the most accurate zoo"
                + " in it.")
    @SuppressWarnings("unused") // Its presence makes the group.
    private boolean compact;

    @Option(names = "--most-members", paramLabel = "N", description = "Members, at most.")
    private Integer members;

    @Option(
        names = "--most-megabytes",
        paramLabel = "MB",
        description = "Size of the models, at most, in millions of bytes.")
    private Double megabytes;

    @Option(
        names = "--most-milliseconds",
        paramLabel = "MS",
        description =
            "Time for a single image on one thread of this machine, at most; the task with most"
                + " members counts. Measured first, so the archive may differ from time to time.")
    private Double milliseconds;

    @Option(
        names = "--choose-by",
        paramLabel = "SPLIT",
        defaultValue = "validation",
        description =
            "validation (default), or training where nothing was held out: members that know their"
                + " training images by heart then look better than they are.")
    private ChooseBy chooseBy;
  }

  /** Images to choose members by. */
  private enum ChooseBy {
    VALIDATION(Split.VALIDATION),
    TRAINING(Split.TRAIN);

    private final Split split;

    ChooseBy(Split split) {
      this.split = split;
    }
  }

  @Override
  public Integer call() {
    checkBudget();
    onnx.check(spec.commandLine());
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    SavedZoo saved = SavedZoo.at(Locations.qualified(zoo, hadoop), hadoop);
    String target = Locations.qualified(output, hadoop);
    ZooManifest whole = saved.manifest();
    onnx.check(whole);
    if (compaction == null) {
      write(saved, whole, whole, target, hadoop);
      return 0;
    }
    RunDirectory run = run(saved, hadoop);
    try (RunLease lease = RunLease.take(run, spec.commandLine().getErr()::println)) {
      RunDirectory held = lease.fence(run);
      write(saved, whole, compacted(held, whole), target, hadoop);
      report(held);
    }
    return 0;
  }

  private void write(
      SavedZoo saved,
      ZooManifest whole,
      ZooManifest manifest,
      String target,
      Configuration hadoop) {
    PrintWriter out = spec.commandLine().getOut();
    if (onnx.isOnnx()) {
      onnx.write(saved, manifest, target, output, hadoop, out);
      return;
    }
    ZooExport.write(saved, manifest, target, hadoop);
    out.printf(
        "%-10s %s: %d tasks, %d of %d members%n",
        "zoo",
        whole.name(),
        whole.tasks().size(),
        manifest.members().size(),
        whole.members().size());
    out.printf("%-10s %s%n", "archive", output);
    out.flush();
  }

  private void checkBudget() {
    if (compaction == null) {
      return;
    }
    requirePositive("--most-members", compaction.members);
    requirePositive("--most-megabytes", compaction.megabytes);
    requirePositive("--most-milliseconds", compaction.milliseconds);
  }

  private void requirePositive(String name, Number value) {
    if (value != null && !(value.doubleValue() > 0)) {
      throw new ParameterException(
          spec.commandLine(), "%s is %s, and must be above 0".formatted(name, value));
    }
  }

  private static RunDirectory run(SavedZoo saved, Configuration hadoop) {
    if (saved instanceof ZooArchive) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "%s is an archive, which has no predictions to choose members by; give --zoo the run directory that it was exported from"
              .formatted(saved.uri()));
    }
    return RunDirectory.at(saved.uri(), hadoop);
  }

  private ZooManifest compacted(RunDirectory run, ZooManifest whole) {
    CompactedZoo zoos = new CompactedZoo(run, whole, compaction.chooseBy.split);
    OptionalDouble milliseconds =
        compaction.milliseconds == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(PredictionTime.milliseconds(whole.network(whole.members().get(0))));
    ZooManifest chosen = zoos.manifest(budget(milliseconds));
    CompactionFile file = chosen.compaction();
    run.write(CompactionFile.NAME, file);
    run.write("compaction.csv", CompactionCsv.of(file));
    spec.commandLine().getOut().print(CompactionTable.of(file, milliseconds));
    return chosen;
  }

  /** Makes the run's report anew, which shows the sizes; without images, as {@code report} does. */
  private void report(RunDirectory run) {
    ReportFile.write(
        run,
        () -> RunReport.of(run, List.of(), Optional.empty()),
        spec.commandLine().getErr()::println);
  }

  private Optional<Budget> budget(OptionalDouble memberMilliseconds) {
    if (compaction.members == null
        && compaction.megabytes == null
        && memberMilliseconds.isEmpty()) {
      return Optional.empty();
    }
    int members = compaction.members == null ? Integer.MAX_VALUE : compaction.members;
    double bytes = compaction.megabytes == null ? Long.MAX_VALUE : 1e6 * compaction.megabytes;
    double ofTask =
        memberMilliseconds.isEmpty()
            ? Integer.MAX_VALUE
            : compaction.milliseconds / memberMilliseconds.getAsDouble();
    return Optional.of(new Budget(members, (long) bytes, (int) ofTask));
  }
}
