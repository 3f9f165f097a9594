package org.modelzoo.data.pickle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The bytes of a pickle, with the place of each. Numbers are little-endian. */
final class PickleInput {
  /** Bytes of a string that is kept; the names of classes and functions are shorter. */
  private static final int MOST_KEPT = 1 << 16;

  /** Bytes beside longer strings; mini-ImageNet's training file has 0.2 MB. */
  private static final int MOST_BYTES = 1 << 20;

  private final InputStream in;
  private long position;
  private int bytes;

  PickleInput(InputStream in) {
    this.in = in;
  }

  int unsignedByte() throws IOException {
    count(1);
    int value = in.read();
    if (value < 0) {
      throw new EOFException("it ends within its pickle");
    }
    return value;
  }

  /** An unsigned number, unless it has all eight bytes. */
  long number(int size) throws IOException {
    long number = 0;
    for (int i = 0; i < size; i++) {
      number |= (long) unsignedByte() << (Byte.SIZE * i);
    }
    return number;
  }

  /** A signed number of up to eight bytes. */
  long signedNumber(int size) throws IOException {
    if (size > Long.BYTES) {
      throw new PickleFormatException("it has a whole number of more than 64 bits");
    }
    int unused = Long.SIZE - Byte.SIZE * size;
    return size == 0 ? 0 : number(size) << unused >> unused;
  }

  /** Up to the end of the line. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** A string of bytes, as it was written in Python 2 or, as bytes, in Python 3. */
  StoredString bytes(int sizeOfLength) throws IOException {
    return string(sizeOfLength, StandardCharsets.ISO_8859_1);
  }

  /** A string of characters. */
  StoredString text(int sizeOfLength) throws IOException {
    return string(sizeOfLength, StandardCharsets.UTF_8);
  }

  private StoredString string(int sizeOfLength, Charset charset) throws IOException {
    long length = number(sizeOfLength);
    long start = position;
    if (length >= 0 && length <= MOST_KEPT) {
      count((int) length);
      byte[] kept = in.readNBytes((int) length);
      if (kept.length < length) {
        throw new EOFException("it ends within a string");
      }
      return new StoredString(start, length, charset, Optional.of(new String(kept, charset)));
    }
    skip(length);
    return new StoredString(start, length, charset, Optional.empty());
  }

  private void skip(long length) throws IOException {
    if (length < 0 || length > Long.MAX_VALUE - position) {
      throw new PickleFormatException("it claims to have a string without end");
    }
    try {
      in.skipNBytes(length);
    } catch (EOFException e) {
      throw new EOFException("it ends within a string");
    }
    position += length;
  }

  private void count(int read) throws PickleFormatException {
    position += read;
    bytes += read;
    if (bytes > MOST_BYTES) {
      throw new PickleFormatException(
          "it has more than %,d bytes beside its arrays".formatted(MOST_BYTES));
    }
  }
}
