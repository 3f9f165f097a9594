package org.modelzoo.spark.job.use;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;

/** What the images to predict come in. */
public enum InputFormat {
  /** PNG and JPEG files: one, or all below a directory. */
  IMAGES,
  /** A file of images in MNIST's format, plain or gzipped. */
  IDX,
  /** The official archive of CIFAR-10, or the directory of its files. */
  CIFAR_10,
  /** The official archive of CIFAR-100, or the directory of its files. */
  CIFAR_100,
  /** A Parquet table with a column of image files. */
  PARQUET;

  @Override
  public String toString() {
    return KebabCase.of(this);
  }

  /**
   * What is at a place: what the user says, otherwise what its name tells. Runs on the driver.
   *
   * @throws ModelZooException (data) if there is nothing; (configuration) if its name doesn't tell
   */
  static InputFormat at(String uri, Optional<InputFormat> said, Configuration hadoop) {
    String name;
    boolean directory;
    FileStatus[] files;
    try {
      Path path = new Path(uri);
      name = path.getName().toLowerCase(Locale.ROOT);
      FileSystem system = path.getFileSystem(hadoop);
      directory = system.getFileStatus(path).isDirectory();
      files = directory ? system.listStatus(path) : new FileStatus[0];
    } catch (FileNotFoundException e) {
      throw new ModelZooException(
          ErrorKind.DATA, "there is nothing at %s; give the place of the images".formatted(uri), e);
    } catch (IOException | IllegalArgumentException e) { // the latter for no location at all
      throw new ModelZooException(
          ErrorKind.DATA, "%s can't be read: %s; check --input".formatted(uri, e.getMessage()), e);
    }
    if (said.isPresent()) {
      return said.get();
    }
    if (name.startsWith("cifar-100")) {
      return CIFAR_100;
    }
    if (name.startsWith("cifar-10")) {
      return CIFAR_10;
    }
    if (isParquet(name) || Arrays.stream(files).anyMatch(InputFormat::isParquet)) {
      return PARQUET;
    }
    if (!directory && name.contains("idx")) {
      return IDX;
    }
    if (directory || name.matches(".*\\.(png|jpg|jpeg)")) {
      return IMAGES;
    }
    throw new ModelZooException(
        ErrorKind.CONFIGURATION,
        "the name of %s doesn't tell what it holds; say it with --input-format: %s"
            .formatted(
                uri,
                String.join(", ", Arrays.stream(values()).map(InputFormat::toString).toList())));
  }

  private static boolean isParquet(FileStatus file) {
    return isParquet(file.getPath().getName());
  }

  private static boolean isParquet(String name) {
    return name.endsWith(".parquet");
  }
}
