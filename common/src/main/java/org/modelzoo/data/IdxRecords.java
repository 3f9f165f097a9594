package org.modelzoo.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.modelzoo.config.ImageShape;

/** The images of one idx file; what is before a range is read over, for it may be gzipped. */
final class IdxRecords implements ImageRecords {
  private static final int MAGIC = 0x0000_0803;
  private static final int GZIP = 0x1f8b;
  private static final int LONGEST_SIDE = 4096;

  private final DataDirectory directory;
  private final Path path;
  private final int size;
  private final ImageShape shape;

  IdxRecords(String uri, Configuration hadoop) {
    this.directory = new DataDirectory(uri, hadoop);
    this.path = new Path(uri);
    try (DataInputStream content = content()) {
      int magic = content.readInt();
      this.size = content.readInt();
      int height = content.readInt();
      int width = content.readInt();
      if (magic != MAGIC || size < 0 || !isSide(height) || !isSide(width)) {
        throw DataErrors.corrupt(
            uri,
            "it starts with %08x and claims %d images of %d×%d pixels, so it is not an idx file of images"
                .formatted(magic, size, height, width));
      }
      this.shape = new ImageShape(height, width, 1);
    } catch (EOFException e) {
      throw DataErrors.corrupt(uri, "it ends within its header");
    } catch (IOException e) {
      throw DataErrors.unreadable(uri, e);
    }
  }

  private static boolean isSide(int pixels) {
    return pixels >= 1 && pixels <= LONGEST_SIDE;
  }

  private DataInputStream content() throws IOException {
    InputStream raw = directory.open(path);
    BufferedInputStream start = new BufferedInputStream(raw);
    start.mark(2);
    int magic = start.read() << 8 | start.read();
    start.reset();
    return new DataInputStream(
        magic == GZIP
            ? new BufferedInputStream(new GZIPInputStream(start, 1 << 16), 1 << 16)
            : start);
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void read(int from, int to, Taker taker) {
    try (DataInputStream content = content()) {
      content.skipNBytes(4L * Integer.BYTES + (long) from * shape.size());
      for (int i = from; i < to; i++) {
        byte[] pixels = new byte[shape.size()];
        content.readFully(pixels);
        taker.take(path + "#" + i, pixels);
      }
    } catch (IOException e) {
      throw DataErrors.unreadable(path.toString(), e);
    }
  }
}
