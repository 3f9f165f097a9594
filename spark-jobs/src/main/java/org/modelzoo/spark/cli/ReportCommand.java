package org.modelzoo.spark.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.report.run.RunReport;
import org.modelzoo.report.study.StudyReport;
import org.modelzoo.report.sweep.SweepFile;
import org.modelzoo.report.sweep.SweepReport;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.ReportFile;
import org.modelzoo.store.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}: what a directory holds, as a page for a browser. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Writes report.html into the directory of a run, a sweep or a search.",
      "Whether it is finished or not; a run is compared with others. Starts no Spark session."
    })
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description =
          "Directory of a run, a sweep or a search; of several runs, the first one's report compares it with"
              + " the others.")
  private List<String> directories;

  @Option(
      names = "--images",
      description =
          "Embed sample images of a run, read from the data set that its configuration names: of a"
              + " directory that others wrote, look at its config.conf first.")
  private boolean images;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    List<RunDirectory> runs =
        directories.stream()
            .map(place -> RunDirectory.at(Locations.qualified(place, hadoop), hadoop))
            .toList();
    RunDirectory first = runs.get(0);
    first.write(ReportFile.NAME, page(first, runs.subList(1, runs.size()), images(hadoop)));
    spec.commandLine().getOut().println(first.inside(ReportFile.NAME).location());
    return 0;
  }

  private Optional<Configuration> images(Configuration hadoop) {
    return images ? Optional.of(hadoop) : Optional.empty();
  }

  private static byte[] page(
      RunDirectory first, List<RunDirectory> others, Optional<Configuration> images) {
    Optional<SweepFile> sweep = SweepReport.find(first);
    if (sweep.isPresent() && others.isEmpty()) {
      return SweepReport.of(first, sweep.get());
    }
    Optional<byte[]> search = others.isEmpty() ? StudyReport.find(first) : Optional.empty();
    return search.orElseGet(() -> RunReport.of(first, others, images));
  }
}
