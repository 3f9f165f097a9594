package org.modelzoo.data;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.modelzoo.config.ImageShape;

/**
 * One of the two official binary layouts: records of label bytes, then the image as planes of red,
 * green and blue. See https://www.cs.toronto.edu/~kriz/cifar.html.
 *
 * @param labelBytes label bytes of a record; the last is the label, in CIFAR-100 the fine one
 * @param trainFiles in the order of their images
 * @param trainRecords images in each training file
 * @param testRecords images in the test file
 */
record CifarFormat(
    String name,
    int labelBytes,
    int classes,
    String directory,
    String archive,
    List<String> trainFiles,
    String testFile,
    int trainRecords,
    int testRecords) {
  static final ImageShape SHAPE = new ImageShape(32, 32, 3);

  static final CifarFormat CIFAR_10 =
      new CifarFormat(
          "CIFAR-10",
          1,
          10,
          "cifar-10-batches-bin",
          "cifar-10-binary.tar.gz",
          IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList(),
          "test_batch.bin",
          10_000,
          10_000);

  static final CifarFormat CIFAR_100 =
      new CifarFormat(
          "CIFAR-100",
          2,
          100,
          "cifar-100-binary",
          "cifar-100-binary.tar.gz",
          List.of("train.bin"),
          "test.bin",
          50_000,
          10_000);

  List<String> files() {
    return Stream.concat(trainFiles.stream(), Stream.of(testFile)).toList();
  }

  /** The official names, by label. */
  List<String> classNames() {
    return CifarNames.of(classes);
  }

  int records(String file) {
    return file.equals(testFile) ? testRecords : trainRecords;
  }

  int recordBytes() {
    return labelBytes + SHAPE.size();
  }

  long fileBytes(String file) {
    return (long) records(file) * recordBytes();
  }

  /** Images of each class a file holds on average; in CIFAR-100 exactly. */
  int imagesPerClass(String file) {
    return records(file) / classes;
  }
}
