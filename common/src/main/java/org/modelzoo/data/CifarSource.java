package org.modelzoo.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Reads CIFAR-10 and CIFAR-100 in the official binary formats. */
final class CifarSource implements ImageSource {
  private static final int PLANE = CifarFormat.SHAPE.height() * CifarFormat.SHAPE.width();

  private final CifarFormat format;
  private final CifarFiles files;

  CifarSource(CifarFormat format, DataDirectory directory) {
    this.format = format;
    this.files = new CifarFiles(format, directory);
  }

  @Override
  public Map<Integer, ClassImages> read(Set<Integer> classes, int trainLimit) {
    Map<String, ClassCollector> collectors = new HashMap<>();
    files.forEach(
        (file, shown, content) -> {
          int limit = file.equals(format.testFile()) ? Integer.MAX_VALUE : trainLimit;
          ClassCollector collector =
              new ClassCollector(
                  classes, CifarFormat.SHAPE.size(), limit, format.imagesPerClass(file));
          readRecords(file, shown, content, collector);
          collectors.put(file, collector);
        });
    Map<Integer, ClassImages> images = new HashMap<>();
    for (int label : classes) {
      // An archive may hold the files in another order than that of the images.
      List<byte[]> train = new ArrayList<>();
      format.trainFiles().forEach(file -> train.add(collectors.get(file).imagesOf(label)));
      images.put(
          label,
          new ClassImages(
              joined(train, trainLimit), collectors.get(format.testFile()).imagesOf(label)));
    }
    return images;
  }

  @Override
  public boolean readsEverything() {
    return true;
  }

  @Override
  public Summary check() {
    Map<String, Long> sums = new TreeMap<>();
    files.forEach(
        (file, shown, content) -> {
          CRC32 sum = new CRC32();
          ClassCollector nothing = new ClassCollector(Set.of(), 0, 0, 0);
          readRecords(file, shown, new CheckedInputStream(content, sum), nothing);
          sums.put(file, sum.getValue());
        });
    return new Summary(
        IntStream.range(0, format.classes()).mapToObj(Integer::toString).toList(), sums.toString());
  }

  /** The files hold numbers; the names in the fingerprint stay what they were. */
  @Override
  public List<String> classNames(Summary summary) {
    return format.classNames();
  }

  private void readRecords(String file, String shown, InputStream content, ClassCollector collector)
      throws IOException {
    byte[] record = new byte[format.recordBytes()];
    byte[] image = new byte[CifarFormat.SHAPE.size()];
    for (int i = 0; i < format.records(file); i++) {
      int read;
      try {
        read = content.readNBytes(record, 0, record.length);
      } catch (EOFException e) {
        read = 0;
      }
      if (read < record.length) {
        throw DataErrors.wrongSize(shown, format.fileBytes(file), (long) i * record.length + read);
      }
      int label = record[format.labelBytes() - 1] & 0xFF;
      if (label >= format.classes()) {
        throw DataErrors.corrupt(
            shown,
            "image %d has label %d, but %s has the labels 0 to %d"
                .formatted(i, label, format.name(), format.classes() - 1));
      }
      if (collector.wants(label)) {
        interleave(record, format.labelBytes(), image);
        collector.add(label, image);
      }
    }
  }

  /** Planes of red, green and blue become pixels of red, green and blue. */
  static void interleave(byte[] record, int offset, byte[] image) {
    for (int pixel = 0, target = 0; pixel < PLANE; pixel++) {
      image[target++] = record[offset + pixel];
      image[target++] = record[offset + PLANE + pixel];
      image[target++] = record[offset + 2 * PLANE + pixel];
    }
  }

  private static byte[] joined(List<byte[]> parts, int limit) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    long available = parts.stream().mapToLong(part -> part.length).sum();
    byte[] joined = new byte[(int) Math.min(available, (long) limit * CifarFormat.SHAPE.size())];
    int length = 0;
    for (byte[] part : parts) {
      int taken = Math.min(part.length, joined.length - length);
      System.arraycopy(part, 0, joined, length, taken);
      length += taken;
    }
    return joined;
  }
}
