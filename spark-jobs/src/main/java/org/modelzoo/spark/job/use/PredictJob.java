package org.modelzoo.spark.job.use;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.ResultDirectory;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooManifest;

/**
 * Predicts the class of many images with the members of one task of a saved zoo, and writes a table
 * with a row for each, in the order of the images. Runs on the driver.
 */
public final class PredictJob {
  private final ZooInUse zoo;
  private final String task;
  private final PredictInput input;

  /**
   * A job; reads manifest and input as far as that goes without Spark.
   *
   * @param input URI of the images
   * @param format empty where the input's name tells
   * @throws ModelZooException (configuration) if there is no such task, naming the nearest; (data)
   *     if there is no input or no zoo
   */
  public PredictJob(
      SavedZoo saved,
      String task,
      String input,
      Optional<InputFormat> format,
      Columns columns,
      Configuration hadoop) {
    ZooManifest manifest = saved.manifest();
    int id = manifest.task(task);
    this.zoo = new ZooInUse(saved.uri(), manifest.with(member -> member.head(id).isPresent()));
    this.task = task;
    if (zoo.manifest().members().isEmpty()) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "no member of zoo %s was trained on task %s yet; wait for one, or predict another task"
              .formatted(manifest.name(), task));
    }
    this.input =
        PredictInput.of(
            input, InputFormat.at(input, format, hadoop), columns, manifest.image(), hadoop);
  }

  /** What was done. */
  public record Summary(long images, long errors, double seconds) {}

  /**
   * Predicts.
   *
   * @param output that is prepared
   * @throws ModelZooException (cluster) if Spark gives up; of its own kind if members or input
   *     can't be read
   */
  public Summary run(JavaSparkContext spark, int slots, ResultDirectory output, String format) {
    long started = System.nanoTime();
    LongAccumulator images = spark.sc().longAccumulator("images");
    LongAccumulator errors = spark.sc().longAccumulator("images that can't be used");
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    spark.setJobDescription("predict " + task);
    try {
      JavaRDD<Row> rows =
          input.predictions(
              session, slots, new PredictPartition.Setting(zoo, task, hadoop, images, errors));
      session
          .createDataFrame(rows, PredictionRows.SCHEMA)
          .write()
          .format(format)
          .option("header", true)
          .mode("overwrite")
          .save(output.uri());
    } catch (Exception e) { // Scala doesn't declare what Spark throws.
      throw failure(e);
    } finally {
      ZooInUse.forget();
    }
    return new Summary(images.value(), errors.value(), (System.nanoTime() - started) / 1e9);
  }

  /** What an executor found wrong is further down among the causes. */
  private ModelZooException failure(Exception error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ModelZooException known) {
        return known;
      }
    }
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "the cluster gave up the prediction of task %s: %s; nothing was written"
            .formatted(task, String.valueOf(error.getMessage()).lines().findFirst().orElse("")),
        error);
  }
}
