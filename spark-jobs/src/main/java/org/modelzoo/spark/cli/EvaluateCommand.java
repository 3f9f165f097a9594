package org.modelzoo.spark.cli;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.data.DataCheck;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.use.EvaluateJob;
import org.modelzoo.spark.progress.PlainProgress;
import org.modelzoo.spark.session.JobRunner;
import org.modelzoo.spark.session.SparkApplication;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
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
    EvaluateJob job =
        new EvaluateJob(
            saved,
            config.values(),
            DataCheck.check(config.values().data(), hadoop),
            split,
            RunDirectory.at(
                output == null ? saved.uri() + "-evaluation" : Locations.qualified(output, hadoop),
                hadoop));
    JobRunner.run(job, spark, new PlainProgress(Redaction.standardError()));
    spec.commandLine().getOut().print("\n" + job.results());
    spec.commandLine().getOut().flush();
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
}
