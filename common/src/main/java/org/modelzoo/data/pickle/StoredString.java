package org.modelzoo.data.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A string of a pickle: its place in the file, and its text if that is short.
 *
 * @param position of its first byte in the file
 * @param length in bytes
 * @param charset ISO 8859-1 where every byte is a character or was just a byte, else UTF-8
 * @param text empty where it was not kept
 */
public record StoredString(long position, long length, Charset charset, Optional<String> text) {
  /**
   * Its characters as bytes, of which NumPy's arrays are made. Python 3 writes bytes as characters
   * of the same numbers where a pickle is to be read by Python 2.
   *
   * @param file from its first byte; the result may end behind the string
   */
  InputStream bytes(InputStream file) throws IOException {
    file.skipNBytes(position);
    return charset.equals(StandardCharsets.UTF_8) ? new NarrowedText(file, length) : file;
  }

  /** Whether it can be so many bytes, each a character. */
  boolean canHold(long bytes) {
    return charset.equals(StandardCharsets.UTF_8)
        ? bytes <= length && length <= 2 * bytes
        : bytes == length;
  }
}
