package org.modelzoo.spark.cli;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.network.Networks;
import org.modelzoo.search.TrialConfiguration;
import org.modelzoo.spark.job.RunDirectories.Start;
import org.modelzoo.spark.job.search.SearchJob;
import org.modelzoo.spark.session.SparkApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code search}: a search of hyper-parameters, as many trials at once as there are slots. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = {
      "Searches hyper-parameters: trains trials of an experiment with other values of some keys.",
      "The same command continues a search that was stopped; with higher limits, a finished one."
    })
final class SearchCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options;

  @Option(names = "--dry-run", description = "Print the plan; train nothing.")
  private boolean dryRun;

  @Option(
      names = "--fresh",
      description = "Start over, in a new directory beside a search that is already there.")
  private boolean fresh;

  @Mixin private ProgressOptions progress;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LoadedConfig given = options.load();
    check(given);
    SparkConf spark = SparkApplication.settings(given.values());
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    SearchJob job = SearchJob.of(given, fresh ? Start.FRESH : Start.CONTINUE, hadoop);
    if (dryRun) {
      spec.commandLine().getOut().print(job.plan().text());
      spec.commandLine().getOut().flush();
      return 0;
    }
    progress.run(
        job,
        spark,
        hadoop,
        spec,
        "This search is finished; more search.trials extend it, --fresh starts a new one.");
    return 0;
  }

  /** What can be known of all trials before one is trained. */
  static void check(LoadedConfig config) {
    if (config.values().search().space().isEmpty()) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "search.space is empty; name the keys to search there, as conf/search/small.conf does");
    }
    TrialConfiguration.check(
        config,
        trial ->
            Networks.check(
                trial.values().network().name(), trial.values().data().set().source().shape()));
  }
}
