package org.modelzoo.spark.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.spark.job.JobGroup;
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
    List<JobFile> read = files.stream().map(file -> JobFile.read(file, overrides)).toList();
    SparkConf spark = SparkApplication.settings(read.get(0).values());
    spark.setIfMissing("spark.scheduler.mode", "FAIR");
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    JobGroup jobs = new JobGroup(read.stream().map(file -> file.job(hadoop)).toList());
    progress.run(jobs, spark, hadoop, spec, "");
    return 0;
  }
}
