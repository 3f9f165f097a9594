package org.modelzoo.data;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One format of image files, or generated images. Implementations hold no images; opening one
 * touches no file. All report unusable files as {@code ModelZooException} of kind DATA.
 */
interface ImageSource {
  /**
   * Reads some classes, training and test images, in one pass over the files.
   *
   * @param classes labels of the source
   * @param trainLimit training images kept of each class, the first in file order
   */
  Map<Integer, ClassImages> read(Set<Integer> classes, int trainLimit);

  /** Whether a read goes through all images, however few classes it is for. */
  default boolean readsEverything() {
    return false;
  }

  /** Goes through the files without keeping an image, and reports what it found. */
  Summary check();

  /**
   * What a check found before there were more classes than these; everything, where the format says
   * how many there are.
   */
  default Summary checkFirst(int classes) {
    return check();
  }

  /** Names of the classes for people, where better ones are known than those that were found. */
  default List<String> classNames(Summary summary) {
    return summary.classNames();
  }

  /**
   * What a check found.
   *
   * @param classNames of every class, by label
   * @param content one line per file that changes when the file's content does, and stays when it
   *     is moved or unpacked
   */
  record Summary(List<String> classNames, String content) {}
}
