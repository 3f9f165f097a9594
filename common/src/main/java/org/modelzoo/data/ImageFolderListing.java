package org.modelzoo.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/**
 * Which files of an image folder are which class and split: {@code train/<class>/…} and {@code
 * test/<class>/…}, or {@code <class>/…} where the first share in name order is for training.
 */
final class ImageFolderListing {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

  private final DataDirectory directory;
  private final double trainShare;

  ImageFolderListing(DataDirectory directory, double trainShare) {
    this.directory = directory;
    this.trainShare = trainShare;
  }

  /** Names of the class directories, in order; the index is the label. */
  List<String> classNames() {
    if (!directory.root().isDirectory()) {
      throw DataErrors.data(
          directory
              + " is a file, but an image folder is a directory of classes. Unpack it first.");
    }
    List<String> names =
        directory.list(cut() ? "" : "train").stream()
            .filter(FileStatus::isDirectory)
            .map(status -> status.getPath().getName())
            .toList();
    if (names.isEmpty()) {
      throw directory.missing(List.of("train/<class>/*.png|jpg|jpeg", "<class>/*.png|jpg|jpeg"));
    }
    return names;
  }

  /** Image files of a class, in name order; none is an error. */
  List<FileStatus> files(String className, SourceSplit split) {
    if (!cut()) {
      return files(split == SourceSplit.TRAIN ? "train/" + className : "test/" + className);
    }
    List<FileStatus> all = files(className);
    int train = (int) Math.round(trainShare * all.size());
    return split == SourceSplit.TRAIN ? all.subList(0, train) : all.subList(train, all.size());
  }

  private List<FileStatus> files(String name) {
    Optional<FileStatus> place = directory.status(name);
    List<FileStatus> images =
        place.isEmpty()
            ? List.of()
            : directory.list(name).stream()
                .filter(FileStatus::isFile)
                .filter(file -> isImage(file.getPath().getName()))
                .toList();
    if (images.isEmpty()) {
      throw directory.missing(List.of(name + "/*.png|jpg|jpeg"));
    }
    return images;
  }

  /** Whether there is one directory per class, to be cut into training and test images. */
  private boolean cut() {
    return directory.status("train").isEmpty();
  }

  static boolean isImage(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lowerCase::endsWith);
  }
}
