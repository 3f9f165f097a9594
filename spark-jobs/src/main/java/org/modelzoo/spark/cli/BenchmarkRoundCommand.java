package org.modelzoo.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.DataCheck;
import org.modelzoo.spark.benchmark.RoundBenchmark;
import org.modelzoo.spark.benchmark.RoundResult;
import org.modelzoo.spark.farm.SparkFarm;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.spark.session.SparkApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmark round}: what is left of the bare steps' speed in a whole zoo round. */
@Command(
    name = "round",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how much of the bare steps' speed is left in whole rounds through Spark.",
      "On this machine, with loading, augmentation, evaluation, files and commit:",
      "",
      "efficiency = (seconds that the same images take in bare training steps and bare evaluation"
          + " batches on the same slots) / (seconds of the rounds on the wall).",
      "",
      "Bare steps are those of modelzoo benchmark with as many members at once, measured in a JVM of"
          + " their own before the rounds and after them. The first round warms up and doesn't count"
          + " where there are others. Without --config: three rounds of two wrn-16-4 members on"
          + " generated images in the shape of CIFAR; --set changes it. With --config: any"
          + " configuration of train, but in a temporary run directory and without baselines."
    })
final class BenchmarkRoundCommand implements Callable<Integer> {
  private static final List<String> GENERATED =
      List.of(
          "experiment.name=benchmark-round",
          "data.set.name=generated",
          "data.set.source.format=synthetic",
          "data.set.source.height=32",
          "data.set.source.width=32",
          "data.set.source.families=2",
          "data.set.source.tasks-per-family=5",
          "data.set.source.classes-per-task=5",
          "data.set.source.train-images-per-class=40",
          "data.set.source.test-images-per-class=20",
          "data.augmentation.crop-padding=4",
          "data.augmentation.horizontal-flip=true",
          "network.name=wrn-16-4",
          "training.batch-size=16",
          "training.epochs=2",
          "zoo.mode=multi-task",
          "zoo.rounds=3",
          "zoo.tasks-per-round=5",
          "zoo.members-per-round=2");

  @Mixin private ConfigOptions options;

  @Option(
      names = "--seconds",
      description = "Time of each measurement of bare steps; default: ${DEFAULT-VALUE}.",
      defaultValue = "10")
  private int seconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Append a JSON line to a file; - for standard output alone.")
  private String json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (seconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--seconds is " + seconds + ", and must be at least 1");
    }
    LoadedConfig given = options.loadOver(GENERATED);
    SparkConf spark = settings(given.values());
    PrintWriter out = spec.commandLine().getOut();
    JsonLines lines = JsonLines.to(json, out);
    Path directory = Files.createTempDirectory("modelzoo-benchmark");
    try {
      RoundResult result = measure(given, spark, directory);
      lines.add(result);
      if (!lines.takeStandardOutput()) {
        out.println();
        out.print(BenchmarkRoundTable.of(result, ErrorTerminal.columns()));
        out.flush();
      }
    } finally {
      FileUtils.deleteQuietly(directory.toFile());
    }
    return 0;
  }

  /** As {@code train}'s, with just the cores that a round's members take where none are given. */
  private static SparkConf settings(ModelZooConfig config) {
    SparkConf spark = SparkApplication.settings(config);
    String master = spark.get("spark.master");
    if (!master.startsWith("local")) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "benchmark round compares with bare steps on this machine, and master is %s; leave it out, or give local[N]"
              .formatted(master));
    }
    if (master.equals("local[*]")) {
      int cores =
          Math.multiplyExact(config.zoo().membersPerRound(), spark.getInt("spark.task.cpus", 1));
      spark.set("spark.master", "local[" + cores + "]");
    }
    return spark;
  }

  private RoundResult measure(LoadedConfig given, SparkConf spark, Path directory) {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    LoadedConfig config =
        Locations.qualified(
            given.with(List.of("output.directory=" + directory, "experiment.baselines=[]")),
            hadoop);
    RoundBenchmark benchmark =
        new RoundBenchmark(
            config,
            RunDirectories.of(config.values(), hadoop),
            DataCheck.check(config.values().data(), hadoop),
            spark.getInt("spark.task.cpus", 1),
            seconds);
    spec.commandLine().getErr().println("measuring bare steps, rounds, and bare steps again");
    try (SparkApplication session = SparkApplication.start(spark, event -> {});
        SparkFarm farm =
            new SparkFarm(session.context(), config.values().cluster().membersAtOnce())) {
      return benchmark.run(farm);
    }
  }
}
