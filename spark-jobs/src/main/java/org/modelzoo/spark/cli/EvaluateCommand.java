package org.modelzoo.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.data.DataCheck;
import org.modelzoo.report.ZooEvaluation;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.use.EvaluateJob;
import org.modelzoo.spark.progress.PlainProgress;
import org.modelzoo.spark.session.EarlyNatives;
import org.modelzoo.spark.session.SparkApplication;
import org.modelzoo.store.Json;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunFiles;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how well a saved zoo does on some data. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a saved zoo on data with its tasks: accuracy, log loss, calibration, confusion.",
      "Without --config, on the data that its run was measured on."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options;

  @Option(
      names = "--zoo",
      paramLabel = "URI",
      required = true,
      description = "Directory of a run, or an exported archive.")
  private String zoo;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "Which images: train, validation or test (the default).")
  private Split split = Split.TEST;

  @Option(
      names = "--output",
      paramLabel = "URI",
      description =
          "Directory for evaluation.json, evaluation.csv and confusion.csv; beside the zoo,"
              + " <zoo>-evaluation, where not given.")
  private String output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Configuration plain = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    SavedZoo saved = SavedZoo.at(Locations.qualified(zoo, plain), plain);
    LoadedConfig given = options.loadOr(() -> ofRun(saved, plain));
    SparkConf spark = SparkApplication.settings(given.values());
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    LoadedConfig config = Locations.qualified(given, hadoop);
    EvaluateJob job = new EvaluateJob(saved, config.values(), split);
    CheckedData data = DataCheck.check(config.values().data(), hadoop);
    job.remarks(data).forEach(it -> spec.commandLine().getErr().println("modelzoo: " + it));
    RunDirectory results = results(saved, hadoop);
    ZooEvaluation evaluation = run(config, spark, job);
    write(results, "evaluation.json", Json.writeSealed(evaluation));
    write(results, "evaluation.csv", evaluation.csv());
    write(results, "confusion.csv", evaluation.confusionCsv());
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.print(evaluation.table());
    out.println("results            " + results.location());
    out.flush();
    return 0;
  }

  private static LoadedConfig ofRun(SavedZoo saved, Configuration hadoop) {
    if (saved instanceof ZooArchive) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "%s is an archive and has no data of its own; name the data with --config"
              .formatted(saved.uri()));
    }
    var unused = saved.manifest(); // Says what is wrong with a directory of no run.
    RunDirectory run = RunDirectory.at(saved.uri(), hadoop);
    return ConfigLoader.parse(run.configuration(), run.path("config.conf").toString());
  }

  private static ZooEvaluation run(LoadedConfig config, SparkConf spark, EvaluateJob job) {
    RunListener console = new PlainProgress(Redaction.standardError());
    EarlyNatives.load(spark);
    try (SparkApplication session =
            SparkApplication.start(spark, console, config.values().cluster().executorTimeLimit());
        Farm farm = session.farm(config.values().cluster(), console)) {
      return job.run(farm);
    }
  }

  /** Made before anything is measured, to know that it can be. */
  private RunDirectory results(SavedZoo saved, Configuration hadoop) {
    RunDirectory results =
        RunDirectory.at(
            output == null ? saved.uri() + "-evaluation" : Locations.qualified(output, hadoop),
            hadoop);
    try {
      results.files().createDirectory(new Path(results.uri()));
      return results;
    } catch (IOException e) {
      throw unwritable(results, e);
    }
  }

  private static void write(RunDirectory results, String name, byte[] content) {
    RunFiles files = results.files();
    try {
      files.write(results.path(name), out -> out.write(content));
    } catch (IOException e) {
      throw unwritable(results, e);
    }
  }

  private static ModelZooException unwritable(RunDirectory results, IOException e) {
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "can't write %s: %s; name another place with --output"
            .formatted(results.location(), e.getMessage()),
        e);
  }
}
