package org.modelzoo.data;

import java.util.List;

/**
 * What is known of data that can be used.
 *
 * @param fingerprint 16 hexadecimal digits that change when the images do, and stay when they are
 *     moved or unpacked; of an image folder, they depend on the names and sizes of the files only
 * @param classNames of all classes of the source, by label, for people
 */
public record CheckedData(String fingerprint, List<String> classNames) {
  public CheckedData {
    classNames = List.copyOf(classNames);
  }
}
