package org.modelzoo.spark.job.use;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ImageShape;
import org.modelzoo.data.ImageListing;
import org.modelzoo.data.ImageRecords;
import org.modelzoo.spark.job.use.PredictPartition.Setting;

/**
 * The images of a prediction, cut into partitions that take about as long as each other. Looked at
 * on the driver before Spark starts, as far as that goes without Spark.
 */
abstract sealed class PredictInput {
  /**
   * More partitions than slots, so that slots that are slower or start later don't hold up the end.
   */
  private static final int PARTITIONS_PER_SLOT = 4;

  /** The rows of a partition are kept until its end. */
  private static final int MOST_IMAGES_PER_PARTITION = 10_000;

  /** The predictions of all images, not yet computed. */
  abstract JavaRDD<Row> predictions(SparkSession session, int slots, Setting setting);

  /** The images at a place. */
  static PredictInput of(
      String uri, InputFormat format, Columns columns, ImageShape shape, Configuration hadoop) {
    return switch (format) {
      case IMAGES -> new Files(ImageListing.of(uri, hadoop));
      case IDX, CIFAR_10, CIFAR_100 -> new Records(uri, format, shape, hadoop);
      case PARQUET -> new Table(uri, columns);
    };
  }

  static int partitions(int images, int slots) {
    int wanted = Math.max(PARTITIONS_PER_SLOT * slots, images / MOST_IMAGES_PER_PARTITION + 1);
    return Math.max(1, Math.min(wanted, images));
  }

  /** PNG and JPEG files. */
  private static final class Files extends PredictInput {
    private final List<String> paths;

    Files(List<String> paths) {
      this.paths = paths;
    }

    @Override
    JavaRDD<Row> predictions(SparkSession session, int slots, Setting setting) {
      return JavaSparkContext.fromSparkContext(session.sparkContext())
          .parallelize(paths, partitions(paths.size(), slots))
          .mapPartitions(
              new PredictPartition<>(
                  setting,
                  (path, hadoop, rows) ->
                      rows.addFile(path, () -> ImageListing.content(path, hadoop))));
    }
  }

  /** Files of a fixed format; each partition reads over what is before its range. */
  private static final class Records extends PredictInput {
    private final String uri;
    private final InputFormat format;
    private final int size;

    Records(String uri, InputFormat format, ImageShape shape, Configuration hadoop) {
      this.uri = uri;
      this.format = format;
      ImageRecords records = open(uri, format, hadoop);
      if (!records.shape().equals(shape)) {
        throw new ModelZooException(
            ErrorKind.DATA,
            "the images of %s are %s, and those of the zoo %s; give images of that shape, or as picture files, which are resized"
                .formatted(uri, records.shape(), shape));
      }
      this.size = records.size();
    }

    private static ImageRecords open(String uri, InputFormat format, Configuration hadoop) {
      return switch (format) {
        case CIFAR_10 -> ImageRecords.cifar10(uri, hadoop);
        case CIFAR_100 -> ImageRecords.cifar100(uri, hadoop);
        default -> ImageRecords.idx(uri, hadoop);
      };
    }

    @Override
    JavaRDD<Row> predictions(SparkSession session, int slots, Setting setting) {
      int parts = partitions(size, slots);
      List<Integer> numbers = IntStream.range(0, parts).boxed().toList();
      // Plain values, for the closure.
      String uri = this.uri;
      InputFormat format = this.format;
      long size = this.size;
      return JavaSparkContext.fromSparkContext(session.sparkContext())
          .parallelize(numbers, parts)
          .mapPartitions(
              new PredictPartition<>(
                  setting,
                  (part, hadoop, rows) ->
                      open(uri, format, hadoop)
                          .read(
                              (int) (size * part / parts),
                              (int) (size * (part + 1) / parts),
                              rows::add)));
    }
  }

  /** A Parquet table with a column of image files. */
  private static final class Table extends PredictInput {
    private final String uri;
    private final Columns columns;

    Table(String uri, Columns columns) {
      this.uri = uri;
      this.columns = columns;
    }

    @Override
    JavaRDD<Row> predictions(SparkSession session, int slots, Setting setting) {
      Dataset<Row> table = table(session);
      Dataset<Row> images =
          table.select(columns.nameIn(table).cast("string"), columns.imageIn(table).as("image"));
      JavaRDD<Row> rows = images.javaRDD();
      return (rows.getNumPartitions() < slots
              ? images.repartition(PARTITIONS_PER_SLOT * slots).javaRDD()
              : rows)
          .mapPartitions(
              new PredictPartition<>(
                  setting,
                  (row, hadoop, predictions) ->
                      predictions.addFile(row.getString(0), () -> (byte[]) row.get(1))));
    }

    /**
     * Not read yet, but for the names and types of its columns, which stand in one of its files.
     */
    private Dataset<Row> table(SparkSession session) {
      try {
        return session.read().parquet(uri);
      } catch (Exception e) { // Scala doesn't declare what Spark throws.
        Throwable innermost = e;
        while (innermost.getCause() != null) {
          innermost = innermost.getCause();
        }
        if (innermost instanceof SparkException) {
          throw e; // The cluster's.
        }
        throw new ModelZooException(
            ErrorKind.DATA,
            "%s can't be read as a Parquet table: %s; check --input and --input-format"
                .formatted(
                    uri, String.valueOf(innermost.getMessage()).lines().findFirst().orElse("")),
            e);
      }
    }
  }
}
