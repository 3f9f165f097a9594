package org.modelzoo.data;

import java.io.DataInputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.ImageShape;

/** The images of CIFAR's files, in the order in which a directory or an archive has them. */
final class CifarRecords implements ImageRecords {
  private final CifarFormat format;
  private final CifarFiles files;
  private final String uri;

  CifarRecords(CifarFormat format, String uri, Configuration hadoop) {
    this.format = format;
    this.uri = uri;
    this.files = new CifarFiles(format, new DataDirectory(uri, hadoop));
  }

  @Override
  public ImageShape shape() {
    return CifarFormat.SHAPE;
  }

  @Override
  public int size() {
    return format.files().stream().mapToInt(format::records).sum();
  }

  @Override
  public void read(int from, int to, Taker taker) {
    AtomicInteger before = new AtomicInteger();
    files.forEach(
        (file, shown, stream) -> {
          int first = before.getAndAdd(format.records(file));
          int begin = Math.max(from - first, 0);
          int end = Math.min(to - first, format.records(file));
          if (begin >= end) {
            return;
          }
          DataInputStream content = new DataInputStream(stream);
          content.skipNBytes((long) begin * format.recordBytes());
          byte[] record = new byte[format.recordBytes()];
          for (int i = begin; i < end; i++) {
            content.readFully(record);
            byte[] image = new byte[CifarFormat.SHAPE.size()];
            CifarSource.interleave(record, format.labelBytes(), image);
            taker.take(uri + "/" + file + "#" + i, image);
          }
        });
  }
}
