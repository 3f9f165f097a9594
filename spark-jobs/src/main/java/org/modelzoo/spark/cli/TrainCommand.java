package org.modelzoo.spark.cli;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.RunDirectories.Start;
import org.modelzoo.spark.job.TrainJob;
import org.modelzoo.spark.session.SparkApplication;
import org.modelzoo.store.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: from a configuration to a trained zoo. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains an experiment: a zoo, its baselines, or both.",
      "The same command continues a run that was stopped."
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options;
  @Mixin private ProgressOptions progress;

  @Option(
      names = "--fresh",
      description = "Start over, in a new directory beside a run that is already there.")
  private boolean fresh;

  @Option(
      names = "--zoo",
      paramLabel = "DIR",
      description =
          "Run directory of a finished continual zoo; the further tasks of the configuration are"
              + " added to its rounds, in a run directory of their own.")
  private String zoo;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LoadedConfig given = options.load();
    SparkConf spark = SparkApplication.settings(given.values());
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    TrainJob job = TrainJob.of(given, fresh ? Start.FRESH : Start.CONTINUE, hadoop, "");
    if (zoo != null) {
      RunDirectory base = base(zoo, job.directory(), hadoop);
      if (!job.isFinished()) {
        job.extend(base, hadoop);
      }
    }
    progress.run(
        job, spark, hadoop, spec, "This run is finished; --fresh starts a new one beside it.");
    return 0;
  }

  /** The zoo to add tasks to, which stays as it is. */
  private static RunDirectory base(String zoo, RunDirectory run, Configuration hadoop) {
    RunDirectory base = RunDirectory.at(Locations.qualified(zoo, hadoop), hadoop);
    if (base.uri().equals(run.uri())) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "--zoo is %s, which is also the run directory; the zoo with further tasks gets one of its own: give it another experiment.name, or --fresh"
              .formatted(base.location()));
    }
    return base;
  }
}
