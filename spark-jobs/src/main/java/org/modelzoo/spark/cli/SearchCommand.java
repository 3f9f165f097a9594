package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.data.DataCheck;
import org.modelzoo.network.Networks;
import org.modelzoo.search.TrialConfiguration;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.spark.job.search.SearchJob;
import org.modelzoo.spark.progress.SearchTables;
import org.modelzoo.spark.session.BeforeSparkEnds;
import org.modelzoo.spark.session.EarlyNatives;
import org.modelzoo.spark.session.SparkApplication;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;
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
      description = "Start anew, in a new directory beside a search that is already there.")
  private boolean fresh;

  @Mixin private ProgressOptions progress;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LoadedConfig given = options.load();
    check(given);
    SparkConf spark = SparkApplication.settings(given.values());
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    LoadedConfig config = Locations.qualified(given, hadoop);
    CheckedData data = DataCheck.check(config.values().data(), hadoop);
    RunDirectory directory =
        fresh
            ? RunDirectories.fresh(config.values(), hadoop)
            : RunDirectories.of(config.values(), hadoop);
    SearchJob job = new SearchJob(config, directory, data);
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      out.print(job.plan().text());
      out.flush();
      return 0;
    }
    given.values().search().warnings().forEach(it -> spec.commandLine().getErr().println(it));
    Optional<String> finished = job.finished();
    if (finished.isPresent() && progress.showsResults()) {
      out.println(
          "This search is finished; more search.trials extend it, --fresh starts a new one.");
    }
    String best = finished.orElseGet(() -> run(config.values(), spark, hadoop, directory, job));
    if (progress.showsResults()) {
      out.println();
      out.print(best);
      out.println("study directory    " + directory.location());
      out.println("best configuration " + directory.location() + "/best.conf");
      out.flush();
    }
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

  private String run(
      ModelZooConfig config,
      SparkConf spark,
      Configuration hadoop,
      RunDirectory directory,
      SearchJob job) {
    String name = config.experiment().name();
    try (Watch watch = progress.watch();
        RunLease lease =
            RunLease.take(directory, remark -> watch.on(new RunEvent.Remark(name, remark)))) {
      watch.recordIn(lease.fence(directory), config.trackers(), hadoop);
      RunListener listener = new SearchTables(watch);
      EarlyNatives.load(spark);
      try (SparkApplication session =
              SparkApplication.start(spark, listener, config.cluster().executorTimeLimit());
          Farm farm = session.farm(config.cluster(), listener)) {
        lease.application(session.context().sc().applicationId());
        String best = BeforeSparkEnds.call(job::stop, () -> job.run(lease, farm, listener));
        watch.on(new RunEvent.AllDone());
        return best;
      }
    }
  }
}
