package org.modelzoo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.hadoop.fs.FileStatus;
import org.modelzoo.config.SourceConfig;

/** Reads directories of PNG and JPEG files, one directory per class. */
final class ImageFolderSource implements ImageSource {
  /** A single picture beyond this is a mistake; reading it would only fill the memory. */
  static final int MOST_FILE_BYTES = 64 << 20;

  private final SourceConfig.ImageFolder config;
  private final ImageFolderListing listing;
  private final DataDirectory directory;
  private final ImageDecoder decoder;

  ImageFolderSource(SourceConfig.ImageFolder config, DataDirectory directory) {
    this.config = config;
    this.directory = directory;
    this.listing = new ImageFolderListing(directory, config.trainShare());
    this.decoder = new ImageDecoder(config.shape());
  }

  @Override
  public Map<Integer, ClassImages> read(Set<Integer> classes, int trainLimit) {
    List<String> names = listing.classNames();
    Map<Integer, ClassImages> images = new HashMap<>();
    for (int label : classes) {
      if (label >= names.size()) {
        throw DataErrors.data(
            "Class %d does not exist: %s has the classes 0 to %d. Correct data.set.tasks."
                .formatted(label, directory, names.size() - 1));
      }
      List<FileStatus> train = listing.files(names.get(label), SourceSplit.TRAIN);
      images.put(
          label,
          new ClassImages(
              decode(train.subList(0, Math.min(trainLimit, train.size()))),
              decode(listing.files(names.get(label), SourceSplit.TEST))));
    }
    return images;
  }

  @Override
  public Summary check() {
    return check(listing.classNames());
  }

  @Override
  public Summary checkFirst(int classes) {
    List<String> names = listing.classNames();
    return check(names.subList(0, Math.min(classes, names.size())));
  }

  private Summary check(List<String> names) {
    CRC32 sum = new CRC32();
    for (String name : names) {
      for (SourceSplit split : SourceSplit.values()) {
        for (FileStatus file : listing.files(name, split)) {
          checkSize(file);
          String line =
              "%s %s/%s %d\n".formatted(split, name, file.getPath().getName(), file.getLen());
          sum.update(line.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return new Summary(names, Long.toHexString(sum.getValue()));
  }

  private byte[] decode(List<FileStatus> files) {
    int imageSize = config.shape().size();
    byte[] images = new byte[Math.multiplyExact(files.size(), imageSize)];
    for (int i = 0; i < files.size(); i++) {
      System.arraycopy(decode(files.get(i)), 0, images, i * imageSize, imageSize);
    }
    return images;
  }

  private byte[] decode(FileStatus file) {
    checkSize(file);
    String shown = file.getPath().toString();
    try (InputStream content = directory.open(file.getPath())) {
      return decoder.decode(content.readNBytes(MOST_FILE_BYTES), shown);
    } catch (IOException e) {
      throw DataErrors.unreadable(shown, e);
    }
  }

  private static void checkSize(FileStatus file) {
    if (file.getLen() == 0 || file.getLen() > MOST_FILE_BYTES) {
      throw DataErrors.data(
          "%s has %d bytes; an image file has between 1 and %d. Replace or remove it."
              .formatted(file.getPath(), file.getLen(), MOST_FILE_BYTES));
    }
  }
}
