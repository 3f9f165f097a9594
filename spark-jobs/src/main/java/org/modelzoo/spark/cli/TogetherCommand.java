package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.SharedFarm;
import org.modelzoo.spark.job.Job;
import org.modelzoo.spark.job.JobGroup;
import org.modelzoo.spark.progress.SearchTables;
import org.modelzoo.spark.session.BeforeSparkEnds;
import org.modelzoo.spark.session.EarlyNatives;
import org.modelzoo.spark.session.SparkApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code together}: several trainings, sweeps and searches on one Spark application. */
@Command(
    name = "together",
    mixinStandardHelpOptions = true,
    description = {
      "Runs several trainings, sweeps and searches in one Spark application.",
      "They share its slots by cluster.weight. One that fails stops no other.",
      "The same command runs what is missing."
    })
final class TogetherCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "HOCON file, each a whole configuration: a sweep where it has sweep.axes, a search where it has search.space.")
  private List<Path> files = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key, over all files, in each of them; may be given several times.")
  private List<String> overrides = List.of();

  @Mixin private ProgressOptions progress;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<WorkFile> read = files.stream().map(file -> WorkFile.read(file, overrides)).toList();
    SparkConf spark = SparkApplication.settings(read.get(0).values());
    spark.setIfMissing("spark.scheduler.mode", "FAIR");
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    List<Job> works = read.stream().map(file -> file.work(hadoop)).toList();
    JobGroup together = new JobGroup(works);
    if (!together.isFinished()) {
      run(together, spark, hadoop);
    }
    if (progress.showsResults()) {
      print(works);
    }
    Optional<ModelZooException> failure = together.failure();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return 0;
  }

  private void print(List<Job> works) {
    PrintWriter out = spec.commandLine().getOut();
    for (Job work : works) {
      out.printf("%n%s%n", work.name());
      out.print(work.results());
      out.println("directory          " + work.directory().location());
    }
    out.flush();
  }

  private void run(JobGroup together, SparkConf spark, Configuration hadoop) {
    try (Watch watch = progress.watch()) {
      watch.track(together.trackers(), hadoop);
      RunListener listener = new SearchTables(watch);
      EarlyNatives.load(spark);
      try (SparkApplication session =
              SparkApplication.start(spark, listener, together.cluster().executorTimeLimit());
          SharedFarm farm = session.farm(together.cluster(), listener)) {
        String application = session.context().sc().applicationId();
        Optional<ModelZooException> failure =
            BeforeSparkEnds.call(
                together::stop, () -> together.run(farm, application, listener, watch::showIn));
        if (failure.isEmpty()) {
          watch.on(new RunEvent.AllDone());
        }
      }
    }
  }
}
