package org.modelzoo.data.pickle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The characters of a text in UTF-8 as bytes of the same numbers; none is above 255. */
final class NarrowedText extends FilterInputStream {
  private long left;

  /**
   * @param length of the text in bytes
   */
  NarrowedText(InputStream text, long length) {
    super(text);
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    int first = next();
    if (first < 0x80) {
      return first;
    }
    int second = next();
    // Characters from 128 to 255 are 110000xx 10xxxxxx.
    if ((first & ~3) != 0xC0 || (second & ~0x3F) != 0x80) {
      throw new PickleFormatException("an array's bytes are not characters from 0 to 255");
    }
    return ((first & 3) << 6) | (second & 0x3F);
  }

  /** −1 at the end of the text. */
  private int next() throws IOException {
    return left-- > 0 ? in.read() : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      int value = read();
      if (value < 0) {
        return i == 0 ? -1 : i;
      }
      target[offset + i] = (byte) value;
    }
    return length;
  }

  /** Reads: only that tells how many bytes a character has. */
  @Override
  public long skip(long bytes) throws IOException {
    long skipped = 0;
    while (skipped < bytes && read() >= 0) {
      skipped++;
    }
    return skipped;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
