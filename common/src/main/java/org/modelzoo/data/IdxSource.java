package org.modelzoo.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.modelzoo.config.SourceConfig;

/** Reads MNIST and data sets in its format: four idx files. */
final class IdxSource implements ImageSource {
  private final SourceConfig.Mnist config;
  private final DataDirectory directory;

  IdxSource(SourceConfig.Mnist config, DataDirectory directory) {
    this.config = config;
    this.directory = directory;
  }

  @Override
  public Map<Integer, ClassImages> read(Set<Integer> classes, int trainLimit) {
    ClassCollector train = collect(SourceSplit.TRAIN, classes, trainLimit);
    ClassCollector test = collect(SourceSplit.TEST, classes, Integer.MAX_VALUE);
    Map<Integer, ClassImages> images = new HashMap<>();
    for (int label : classes) {
      images.put(label, new ClassImages(train.imagesOf(label), test.imagesOf(label)));
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
    for (SourceSplit split : SourceSplit.values()) {
      Content content = content(split);
      sums.put(split + " images", sum(content.pixels()));
      sums.put(split + " labels", sum(content.labels()));
    }
    return new Summary(
        IntStream.range(0, config.classes()).mapToObj(Integer::toString).toList(), sums.toString());
  }

  private ClassCollector collect(SourceSplit split, Set<Integer> classes, int limit) {
    Content content = content(split);
    int imageSize = config.shape().size();
    int expected = content.labels().length / config.classes();
    ClassCollector collector = new ClassCollector(classes, imageSize, limit, expected);
    for (int i = 0; i < content.labels().length; i++) {
      int label = content.labels()[i];
      if (collector.wants(label)) {
        collector.add(
            label, Arrays.copyOfRange(content.pixels(), i * imageSize, (i + 1) * imageSize));
      }
    }
    return collector;
  }

  private Content content(SourceSplit split) {
    String prefix = split == SourceSplit.TRAIN ? "train" : "t10k";
    IdxFile imageFile = IdxFile.find(directory, prefix + "-images-idx3-ubyte");
    IdxFile labelFile = IdxFile.find(directory, prefix + "-labels-idx1-ubyte");
    byte[] pixels = imageFile.read(config.shape().height(), config.shape().width());
    byte[] labels = labelFile.read();
    int images = pixels.length / config.shape().size();
    if (images != labels.length) {
      throw DataErrors.corrupt(
          labelFile.toString(),
          "it has %d labels for the %d images of %s".formatted(labels.length, images, imageFile));
    }
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xFF) >= config.classes()) {
        throw DataErrors.corrupt(
            labelFile.toString(),
            "label %d is %d, outside 0 to %d".formatted(i, labels[i] & 0xFF, config.classes() - 1));
      }
    }
    return new Content(pixels, labels);
  }

  private static long sum(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return sum.getValue();
  }

  /** The two files of a split: pixels [images, height, width] and labels [images]. */
  private record Content(byte[] pixels, byte[] labels) {}
}
