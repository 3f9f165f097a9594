package org.modelzoo.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Gathers the images of some classes while a file goes by, in file order. */
final class ClassCollector {
  private final Map<Integer, Images> images = new HashMap<>();
  private final int limit;

  /**
   * @param limit images kept of each class
   * @param expected images of each class the file is likely to hold, so that arrays need not grow
   */
  ClassCollector(Set<Integer> classes, int imageSize, int limit, int expected) {
    this.limit = limit;
    int capacity = Math.max(1, Math.min(limit, expected)) * imageSize;
    classes.forEach(label -> images.put(label, new Images(capacity)));
  }

  /** Whether another image of this class is to be kept. */
  boolean wants(int label) {
    Images ofClass = images.get(label);
    return ofClass != null && ofClass.count < limit;
  }

  /** Copies an image that is wanted. */
  void add(int label, byte[] image) {
    images.get(label).add(image);
  }

  /** The gathered images of a class, side by side. */
  byte[] imagesOf(int label) {
    return images.get(label).trimmed();
  }

  private static final class Images {
    private byte[] bytes;
    private int length;
    private int count;

    Images(int capacity) {
      bytes = new byte[capacity];
    }

    void add(byte[] image) {
      if (length + image.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + image.length));
      }
      System.arraycopy(image, 0, bytes, length, image.length);
      length += image.length;
      count++;
    }

    byte[] trimmed() {
      return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
  }
}
