package org.modelzoo.spark.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SweepConfig;
import org.modelzoo.config.SweepExperiment;
import org.modelzoo.config.SweepLoader;
import org.modelzoo.network.Networks;
import org.modelzoo.spark.job.sweep.SweepJob;
import org.modelzoo.spark.job.sweep.SweepJob.Failed;
import org.modelzoo.spark.session.SparkApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sweep}: many experiments side by side on one Spark application. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Trains the experiments of a sweep side by side and compares them.",
      "The same command runs what is missing; finished experiments are left alone."
    })
final class SweepCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "HOCON file with a section sweep; may be given several times, later ones win.")
  private List<Path> files = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of all experiments; the values of the axes stay over it.")
  private List<String> overrides = List.of();

  @Option(names = "--dry-run", description = "Print the plan; train nothing.")
  private boolean dryRun;

  @Option(names = "--retry-failed", description = "Run experiments again that failed before.")
  private boolean retryFailed;

  @Mixin private ProgressOptions progress;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SweepConfig sweep = SweepLoader.load(files, overrides);
    for (SweepExperiment experiment : sweep.experiments()) {
      ModelZooConfig values = experiment.config().values();
      Networks.check(values.network().name(), values.data().set().source().shape());
    }
    ModelZooConfig first = sweep.experiments().get(0).config().values();
    SparkConf spark = SparkApplication.settings(first);
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    SweepJob job = SweepJob.of(sweep, hadoop, "", retryFailed ? Failed.RETRY : Failed.SKIP);
    if (dryRun) {
      spec.commandLine().getOut().print(job.plan().text());
      spec.commandLine().getOut().flush();
      return 0;
    }
    progress.run(job, spark, hadoop, spec, "");
    return 0;
  }
}
