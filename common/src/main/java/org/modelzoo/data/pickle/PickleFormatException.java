package org.modelzoo.data.pickle;

import java.io.IOException;

/**
 * A file is no pickle of plain values and NumPy arrays of bytes. The message goes on after the
 * file's name.
 */
public final class PickleFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  PickleFormatException(String finding) {
    super(finding);
  }
}
