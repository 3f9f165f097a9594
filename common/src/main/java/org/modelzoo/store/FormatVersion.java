package org.modelzoo.store;

import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/** Refuses files of a newer program, in words. */
final class FormatVersion {
  private FormatVersion() {}

  /**
   * @param supported the newest version this program reads
   * @throws ModelZooException (data) if the file is newer
   */
  static void require(int found, int supported, String file) {
    if (found > supported) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "%s has format version %d, and this program reads up to version %d; use the program that wrote it, or a newer one"
              .formatted(file, found, supported));
    }
  }
}
