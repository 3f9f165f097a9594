package org.modelzoo.spark.job.use;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.data.ImageDecoder;
import org.modelzoo.network.Network;
import org.modelzoo.zoo.Picture;
import org.modelzoo.zoo.Prediction;
import org.modelzoo.zoo.Zoo;

/**
 * The rows of one partition, in the order of its images: predictions, and errors of images that
 * can't be used. Lives on an executor; one thread.
 */
final class PredictionRows {
  /**
   * What a row holds; of class, probability and agreement on the one side and error on the other,
   * one is null.
   */
  static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("class", DataTypes.StringType)
          .add("probability", DataTypes.FloatType)
          .add("agreement", DataTypes.DoubleType)
          .add("error", DataTypes.StringType);

  private final Zoo zoo;
  private final String task;
  private final ImageDecoder decoder;
  private final List<Row> rows = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private final List<Picture> waiting = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();
  private long errors;

  PredictionRows(Zoo zoo, String task) {
    this.zoo = zoo;
    this.task = task;
    this.decoder = new ImageDecoder(zoo.manifest().image());
  }

  /** Adds an image of the zoo's shape. */
  void add(String path, byte[] pixels) {
    places.add(rows.size());
    rows.add(null);
    paths.add(path);
    waiting.add(new Picture.Pixels(pixels));
    if (waiting.size() == Network.PREDICTION_BATCH) {
      predict();
    }
  }

  /**
   * Adds an image file, which may be anything. What is wrong with the file is a row with an error.
   *
   * @throws ModelZooException (cluster) if the file system fails, which says nothing about the
   *     image
   */
  void addFile(String path, Content content) throws InterruptedException {
    byte[] pixels;
    try {
      pixels = decoder.decode(read(path, content), path);
    } catch (ModelZooException e) {
      if (e.kind() == ErrorKind.CLUSTER) {
        throw e;
      }
      addError(path, e);
      return;
    } catch (IOException | RuntimeException e) { // decoders meet hostile files with all of these
      addError(path, e);
      return;
    }
    add(path, pixels);
  }

  private static byte[] read(String path, Content content) throws InterruptedException {
    byte[] file;
    try {
      file = content.read();
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("cancelled while reading " + path);
      }
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't read image %s: %s; check the file system, and that every node reaches it, then give the same command"
              .formatted(path, e.getMessage()),
          e);
    }
    if (file == null) {
      throw new ModelZooException(ErrorKind.DATA, "there is no image: the value is null");
    }
    return file;
  }

  private void addError(String path, Exception error) {
    errors++;
    rows.add(RowFactory.create(path, null, null, null, message(error)));
  }

  private static String message(Exception error) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    return message.lines().findFirst().orElse("");
  }

  private void predict() {
    List<Prediction> predictions = zoo.predict(task, waiting);
    for (int i = 0; i < predictions.size(); i++) {
      Prediction prediction = predictions.get(i);
      rows.set(
          places.get(i),
          RowFactory.create(
              paths.get(i),
              prediction.className(),
              prediction.probability(),
              prediction.agreement(),
              null));
    }
    places.clear();
    paths.clear();
    waiting.clear();
  }

  /** All rows; nothing can be added afterwards. */
  List<Row> end() {
    if (!waiting.isEmpty()) {
      predict();
    }
    return rows;
  }

  /** Images that can't be used. */
  long errors() {
    return errors;
  }

  /** The content of an image file. */
  @FunctionalInterface
  interface Content {
    /**
     * Reads it.
     *
     * @return null where there is no image
     * @throws IOException if the file system fails
     * @throws ModelZooException (data) if it can be no image
     */
    byte[] read() throws IOException;
  }
}
