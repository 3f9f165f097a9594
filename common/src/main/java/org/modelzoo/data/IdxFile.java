package org.modelzoo.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * One file in the idx format of MNIST, plain or gzipped: a magic number, big-endian sizes, then
 * unsigned bytes. See http://yann.lecun.com/exdb/mnist/.
 */
final class IdxFile {
  /** Two zero bytes, the type "unsigned byte", and the number of dimensions. */
  private static final int MAGIC = 0x0000_0800;

  /** Sizes beyond this are not images of digits but a broken or hostile header. */
  private static final long MOST_BYTES = 1L << 30;

  private final DataDirectory directory;
  private final Path path;

  private IdxFile(DataDirectory directory, Path path) {
    this.directory = directory;
    this.path = path;
  }

  /**
   * Finds a file by its official name, or as tools rename it: unzipped, or with a dot for the dash.
   */
  static IdxFile find(DataDirectory directory, String name) {
    directory.root();
    String dotted = name.replace("-idx", ".idx");
    List<String> names = List.of(name + ".gz", name, dotted + ".gz", dotted);
    FileStatus found =
        directory.firstFile(names).orElseThrow(() -> directory.missing(new ArrayList<>(names)));
    return new IdxFile(directory, found.getPath());
  }

  /**
   * Reads all bytes.
   *
   * @param itemSizes the expected size of every dimension after the first
   */
  byte[] read(int... itemSizes) {
    try (InputStream raw = directory.open(path);
        InputStream content =
            path.getName().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
      return read(content, itemSizes);
    } catch (IOException e) {
      throw DataErrors.unreadable(path.toString(), e);
    }
  }

  private byte[] read(InputStream content, int[] itemSizes) throws IOException {
    int magic = readInt(content);
    if (magic != MAGIC + 1 + itemSizes.length) {
      throw DataErrors.corrupt(
          path.toString(),
          "it starts with %08x instead of %08x, so it is not an idx file of unsigned bytes in %d dimensions"
              .formatted(magic, MAGIC + 1 + itemSizes.length, 1 + itemSizes.length));
    }
    int items = readInt(content);
    long expected = items;
    for (int itemSize : itemSizes) {
      int found = readInt(content);
      if (found != itemSize) {
        throw DataErrors.corrupt(
            path.toString(),
            "its images have a side of %d pixels instead of %d".formatted(found, itemSize));
      }
      expected *= itemSize;
    }
    if (items < 1 || expected > MOST_BYTES) {
      throw DataErrors.corrupt(path.toString(), "it claims to hold " + items + " items");
    }
    return readExactly(content, (int) expected);
  }

  private byte[] readExactly(InputStream content, int expected) throws IOException {
    // Takes memory as bytes come, whatever the header claims.
    byte[] bytes = content.readNBytes(expected);
    if (bytes.length < expected) {
      throw DataErrors.wrongSize(path + " (after its header)", expected, bytes.length);
    }
    // How many more isn't counted: a few kilobytes can unpack to what takes any time.
    if (content.read() >= 0) {
      throw DataErrors.data(
          "%s (after its header) has more than the %d bytes that its header claims. Fetch the file again and compare its checksum."
              .formatted(path, expected));
    }
    return bytes;
  }

  private static int readInt(InputStream content) throws IOException {
    byte[] bytes = content.readNBytes(Integer.BYTES);
    if (bytes.length < Integer.BYTES) {
      throw new EOFException("the header ends early");
    }
    return ByteBuffer.wrap(bytes).getInt();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
