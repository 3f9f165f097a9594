package org.modelzoo.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * The files of a tar archive, one after another, as a stream.
 *
 * <p>It reads the plain headers that official archives consist of, and passes over extended ones
 * (PAX, GNU's long names and sparse files) unread: libraries that obey them take from strangers
 * numbers and lists of any length, in time and memory without bound (CVE-2023-42503).
 */
final class TarFiles {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int TYPE = 156;

  private final InputStream archive;
  private Content content = new Content(0);
  private long padding;

  TarFiles(InputStream archive) {
    this.archive = archive;
  }

  /**
   * A file.
   *
   * @param name without the directories before it
   * @param size in bytes
   * @param content to be read before the next file is asked for
   */
  record TarFile(String name, long size, InputStream content) {}

  /**
   * The next file; none at the end of the archive.
   *
   * @throws ZipException if what should be a header is none
   * @throws EOFException if the archive ends within an entry
   */
  Optional<TarFile> next() throws IOException {
    while (true) {
      skip(content.left + padding);
      byte[] header = archive.readNBytes(BLOCK);
      if (header.length > 0 && header.length < BLOCK) {
        throw new EOFException("it ends within a header");
      }
      // An archive ends with empty blocks, or just so.
      if (Arrays.equals(header, new byte[header.length])) {
        return Optional.empty();
      }
      requireChecksum(header);
      char type = (char) header[TYPE];
      long size = hasContent(type) ? octal(header, SIZE, SIZE_LENGTH, "size") : 0;
      content = new Content(size);
      padding = Math.floorMod(-size, BLOCK);
      if (type == '0' || type == 0) {
        return Optional.of(new TarFile(name(header), size, content));
      }
    }
  }

  /** Links, devices, directories and pipes have none, whatever their size says. */
  private static boolean hasContent(char type) {
    return type < '1' || type > '6';
  }

  private static String name(byte[] header) {
    int end = 0;
    while (end < NAME_LENGTH && header[end] != 0) {
      end++;
    }
    String path = new String(header, 0, end, UTF_8);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The sum of all bytes, those of the checksum itself taken for spaces. */
  private static void requireChecksum(byte[] header) throws ZipException {
    long sum = CHECKSUM_LENGTH * (long) ' ';
    for (int i = 0; i < BLOCK; i++) {
      if (i < CHECKSUM || i >= CHECKSUM + CHECKSUM_LENGTH) {
        sum += Byte.toUnsignedInt(header[i]);
      }
    }
    if (sum != octal(header, CHECKSUM, CHECKSUM_LENGTH, "checksum")) {
      throw new ZipException("the checksum of a header is wrong");
    }
  }

  private static long octal(byte[] header, int offset, int length, String field)
      throws ZipException {
    String text = new String(header, offset, length, UTF_8).replace('\0', ' ').strip();
    if (!text.matches("[0-7]*")) {
      throw new ZipException("the %s in a header is not an octal number".formatted(field));
    }
    return text.isEmpty() ? 0 : Long.parseLong(text, 8);
  }

  private void skip(long bytes) throws IOException {
    try {
      archive.skipNBytes(bytes);
    } catch (EOFException e) {
      throw new EOFException("it ends within an entry");
    }
  }

  /** What is left of the current entry. */
  private final class Content extends FilterInputStream {
    private long left;

    Content(long size) {
      super(archive);
      left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = super.read(target, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new EOFException("it ends within an entry");
      }
      left -= read;
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(Math.min(bytes, left));
      left -= skipped;
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

    /** Leaves the archive open. */
    @Override
    public void close() {}
  }
}
