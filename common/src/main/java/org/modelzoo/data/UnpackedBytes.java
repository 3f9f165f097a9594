package org.modelzoo.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Unpacked bytes, up to a bound: a few kilobytes can unpack to what fills any memory and takes any
 * time.
 */
final class UnpackedBytes extends FilterInputStream {
  private final long most;
  private long count;

  UnpackedBytes(InputStream unpacking, long most) {
    super(unpacking);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    return counted(value < 0 ? -1 : 1) < 0 ? -1 : value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return counted(super.read(target, offset, length));
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    count(skipped);
    return skipped;
  }

  /** Not for going back, which would count twice. */
  @Override
  public boolean markSupported() {
    return false;
  }

  private int counted(int read) throws IOException {
    if (read > 0) {
      count(read);
    }
    return read;
  }

  private void count(long bytes) throws IOException {
    count += bytes;
    if (count > most) {
      throw new ZipException("it unpacks to more than %,d bytes".formatted(most));
    }
  }
}
