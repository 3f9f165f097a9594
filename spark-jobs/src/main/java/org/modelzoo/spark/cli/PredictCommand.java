package org.modelzoo.spark.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.use.Columns;
import org.modelzoo.spark.job.use.InputFormat;
import org.modelzoo.spark.job.use.PredictJob;
import org.modelzoo.spark.progress.PlainProgress;
import org.modelzoo.spark.session.JobRunner;
import org.modelzoo.spark.session.SparkApplication;
import org.modelzoo.store.ResultDirectory;
import org.modelzoo.store.ResultDirectory.Existing;
import org.modelzoo.zoo.SavedZoo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code predict}: the classes of many images. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Predicts the class of each of many images with a saved zoo.",
      "An image that can't be used is a row with an error message."
    })
final class PredictCommand implements Callable<Integer> {
  @Option(
      names = "--zoo",
      paramLabel = "URI",
      required = true,
      description = "Directory of a run, or an exported archive.")
  private String zoo;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      required = true,
      description = "The task that the images belong to.")
  private String task;

  @Option(names = "--input", paramLabel = "URI", required = true, description = "The images.")
  private String input;

  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      description =
          "${COMPLETION-CANDIDATES}; by the input's name where not given. images: PNG and JPEG,"
              + " one or all below a directory.")
  private InputFormat inputFormat;

  @Option(
      names = "--image-column",
      paramLabel = "NAME",
      description = "Of a Parquet table, the column of image files (default: content or image).")
  private String imageColumn;

  @Option(
      names = "--name-column",
      paramLabel = "NAME",
      description =
          "Of a Parquet table, the column that names an image (default: path, or file and row).")
  private String nameColumn;

  @Option(
      names = "--output",
      paramLabel = "URI",
      required = true,
      description = "Directory for the table of predictions.")
  private String output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Of the table: parquet (the default), csv or json.")
  private OutputFormat format = OutputFormat.PARQUET;

  @Option(names = "--overwrite", description = "Replace an output that is there already.")
  private boolean overwrite;

  @Spec private CommandSpec spec;

  /** What Spark can write. */
  enum OutputFormat {
    PARQUET,
    CSV,
    JSON
  }

  @Override
  public Integer call() {
    ModelZooConfig defaults = ConfigLoader.load(List.of(), List.of()).values();
    SparkConf spark = SparkApplication.settings(defaults);
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    PredictJob job =
        new PredictJob(
            defaults,
            SavedZoo.at(Locations.qualified(zoo, hadoop), hadoop),
            task,
            Locations.qualified(input, hadoop),
            Optional.ofNullable(inputFormat),
            new Columns(Optional.ofNullable(imageColumn), Optional.ofNullable(nameColumn)),
            new PredictJob.Output(
                new ResultDirectory(Locations.qualified(output, hadoop), hadoop),
                format.name().toLowerCase(Locale.ROOT),
                overwrite ? Existing.REPLACE : Existing.REFUSE),
            hadoop);
    JobRunner.run(job, spark, new PlainProgress(Redaction.standardError()));
    spec.commandLine().getOut().print(job.results());
    spec.commandLine().getOut().flush();
    Optional<ModelZooException> failure = job.failure();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return 0;
  }
}
