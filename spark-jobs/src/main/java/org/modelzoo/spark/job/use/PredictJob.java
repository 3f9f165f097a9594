package org.modelzoo.spark.job.use;

import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.Job;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.store.ResultDirectory;
import org.modelzoo.store.ResultDirectory.Existing;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooManifest;

/**
 * Predicts the class of many images with the members of one task of a saved zoo, and writes a table
 * with a row for each, in the order of the images. Runs on the driver.
 */
public final class PredictJob implements Job {
  private final ModelZooConfig config;
  private final ZooInUse zoo;
  private final String task;
  private final String place;
  private final PredictInput input;
  private final Output output;
  private Optional<Summary> summary = Optional.empty();

  /**
   * A job; reads manifest and input as far as that goes without Spark.
   *
   * @param config how the cluster is used
   * @param input URI of the images
   * @param format empty where the input's name tells
   * @throws ModelZooException (configuration) if there is no such task, naming the nearest; (data)
   *     if there is no input or no zoo
   */
  public PredictJob(
      ModelZooConfig config,
      SavedZoo saved,
      String task,
      String input,
      Optional<InputFormat> format,
      Columns columns,
      Output output,
      Configuration hadoop) {
    this.config = config;
    this.output = output;
    ZooManifest manifest = saved.manifest();
    this.zoo = new ZooInUse(saved.uri(), manifest.of(task));
    this.task = task;
    this.input =
        PredictInput.of(
            input, InputFormat.at(input, format, hadoop), columns, manifest.image(), hadoop);
    this.place = Locations.shown(new Path(input));
  }

  /**
   * The table to write.
   *
   * @param format a format that Spark writes, such as {@code parquet}
   * @param existing what to do with one that is there
   */
  public record Output(ResultDirectory directory, String format, Existing existing) {}

  private record Summary(long images, long errors, double seconds) {}

  @Override
  public String name() {
    return "predict " + task;
  }

  @Override
  public ModelZooConfig config() {
    return config;
  }

  @Override
  public boolean isFinished() {
    return summary.isPresent();
  }

  @Override
  public void open(RunListener listener) {
    output.directory().prepare(output.existing());
  }

  @Override
  public void run(Farm farm, RunListener listener) {
    int slots = farm.slots();
    try {
      summary = Optional.of(farm.runJob(name(), "predict " + task, spark -> predict(spark, slots)));
    } catch (ModelZooException e) {
      throw failure(e);
    }
  }

  private Summary predict(JavaSparkContext spark, int slots) {
    long started = System.nanoTime();
    LongAccumulator images = spark.sc().longAccumulator("images");
    LongAccumulator errors = spark.sc().longAccumulator("images that can't be used");
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    try {
      JavaRDD<Row> rows =
          input.predictions(
              session, slots, new PredictPartition.Setting(zoo, task, hadoop, images, errors));
      session
          .createDataFrame(rows, PredictionRows.SCHEMA)
          .write()
          .format(output.format())
          .option("header", true)
          .mode("overwrite")
          .save(output.directory().uri());
    } finally {
      ZooInUse.forget();
    }
    return new Summary(images.value(), errors.value(), (System.nanoTime() - started) / 1e9);
  }

  /** What an executor found wrong is further down among the causes. */
  private ModelZooException failure(ModelZooException error) {
    if (error.getCause() == null) {
      return error;
    }
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ModelZooException known) {
        return known;
      }
    }
    return new ModelZooException(
        error.kind(), error.getMessage() + "; no prediction was written", error.getCause());
  }

  /** Fails only if no image could be predicted. */
  @Override
  public Optional<ModelZooException> failure() {
    return summary.flatMap(this::failure);
  }

  /** The table is there all the same: it says of each image why it can't be used. */
  private Optional<ModelZooException> failure(Summary done) {
    if (done.images() == 0) {
      return Optional.of(
          new ModelZooException(
              ErrorKind.DATA, "%s holds no image; check --input".formatted(place)));
    }
    return done.errors() < done.images()
        ? Optional.empty()
        : Optional.of(
            new ModelZooException(
                ErrorKind.DATA,
                "no image of %s could be predicted, out of %,d; the column error in %s says why: check --input and --input-format"
                    .formatted(place, done.images(), output.directory().location())));
  }

  @Override
  public String results() {
    return summary
            .map(
                done ->
                    String.format(
                        Locale.ROOT,
                        "%,d images predicted, %,d that can't be used (column error); %.1f s, %,.0f images/s\n",
                        done.images() - done.errors(),
                        done.errors(),
                        done.seconds(),
                        done.images() / done.seconds()))
            .orElse("not finished\n")
        + "predictions        %s\n".formatted(output.directory().location());
  }

  @Override
  public void close() {
    output.directory().discardUnlessComplete();
  }
}
