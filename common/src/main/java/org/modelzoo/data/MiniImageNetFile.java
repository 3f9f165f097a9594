package org.modelzoo.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.data.MiniImageNetFormat.ClassFile;
import org.modelzoo.data.pickle.NumpyArray;
import org.modelzoo.data.pickle.Pickle;
import org.modelzoo.data.pickle.PickleFormatException;

/**
 * One of the pickles of mini-ImageNet: a dictionary of {@code image_data}, unsigned bytes [images,
 * height, width, channels], and {@code class_dict}, from a class's name to the indices of its
 * images. Its classes are in the order of their first images, whatever that of the dictionary is.
 */
final class MiniImageNetFile {
  private final MiniImageNetFormat format;
  private final ClassFile file;
  private final DataDirectory directory;
  private final Path path;
  private NumpyArray pixels;

  /** [images] the class of each. */
  private int[] classes;

  private List<String> classNames;

  private MiniImageNetFile(
      MiniImageNetFormat format, ClassFile file, DataDirectory directory, Path path) {
    this.format = format;
    this.file = file;
    this.directory = directory;
    this.path = path;
  }

  /** Reads all but the pixels. */
  static MiniImageNetFile open(MiniImageNetFormat format, ClassFile file, DataDirectory directory) {
    directory.root();
    Path path =
        directory
            .firstFile(file.names())
            .orElseThrow(() -> directory.missing(file.names()))
            .getPath();
    MiniImageNetFile opened = new MiniImageNetFile(format, file, directory, path);
    opened.read(
        () -> {
          try (InputStream content = directory.open(path)) {
            opened.take(Pickle.readDictionary(content));
          }
        });
    return opened;
  }

  /** Names of the classes, by label within the file. */
  List<String> classNames() {
    return classNames;
  }

  private void take(Map<?, ?> content) throws PickleFormatException {
    long images = (long) file.classes() * format.imagesPerClass();
    List<Long> shape =
        List.of(
            images,
            (long) format.shape().height(),
            (long) format.shape().width(),
            (long) format.shape().channels());
    if (!(content.get("image_data") instanceof NumpyArray array) || !array.shape().equals(shape)) {
      throw corrupt("its image_data is not an array of " + shape + " bytes");
    }
    pixels = array;
    if (!(content.get("class_dict") instanceof Map<?, ?> indices)
        || indices.size() != file.classes()) {
      throw corrupt("its class_dict is not a dictionary of %d classes".formatted(file.classes()));
    }
    classNames = inOrderOfImages(indices, images);
    classes = new int[(int) images];
    Arrays.fill(classes, -1);
    for (int label = 0; label < classNames.size(); label++) {
      for (Object index : (List<?>) indices.get(classNames.get(label))) {
        classes[index(index, images)] = label;
      }
    }
    // So many classes of so many images each leave none over unless one is in two of them.
    if (Arrays.stream(classes).anyMatch(label -> label < 0)) {
      throw corrupt("its class_dict has an image twice, and another one in no class");
    }
  }

  private List<String> inOrderOfImages(Map<?, ?> indices, long images) {
    Map<Integer, String> names = new TreeMap<>();
    indices.forEach(
        (name, list) -> {
          if (!(list instanceof List<?> ofClass) || ofClass.size() != format.imagesPerClass()) {
            throw corrupt(
                "class %s of its class_dict is not a list of %d images"
                    .formatted(name, format.imagesPerClass()));
          }
          int first = ofClass.stream().mapToInt(it -> index(it, images)).min().orElseThrow();
          names.put(first, (String) name);
        });
    return List.copyOf(names.values());
  }

  private int index(Object value, long images) {
    if (value instanceof Long index && index >= 0 && index < images) {
      return Math.toIntExact(index);
    }
    throw corrupt("its class_dict has an index that is not from 0 to " + (images - 1));
  }

  /**
   * Reads the images of some classes, in file order; passes over the others.
   *
   * @param labels within the file
   * @param trainLimit training images kept of each class
   */
  Map<Integer, ClassImages> read(Set<Integer> labels, int trainLimit) {
    int size = format.shape().size();
    int train = Math.min(trainLimit, format.trainImagesPerClass());
    Map<Integer, ClassImages> images = new HashMap<>();
    for (int label : labels) {
      images.put(
          label,
          new ClassImages(new byte[train * size], new byte[format.testImagesPerClass() * size]));
    }
    read(
        () -> {
          try (InputStream content = pixels.open(directory.open(path))) {
            int[] seen = new int[file.classes()];
            long passedOver = 0;
            for (int label : classes) {
              int image = seen[label]++;
              boolean ofTest = image >= format.trainImagesPerClass();
              if (!labels.contains(label) || (!ofTest && image >= train)) {
                passedOver += size;
                continue;
              }
              content.skipNBytes(passedOver);
              passedOver = 0;
              ClassImages target = images.get(label);
              byte[] part = ofTest ? target.test() : target.train();
              int place = ofTest ? image - format.trainImagesPerClass() : image;
              if (content.readNBytes(part, place * size, size) < size) {
                throw new EOFException("it ends within its images");
              }
            }
          }
        });
    return images;
  }

  /** Goes through all pixels; changes when they do, or what class they are of. */
  String checksum() {
    CRC32 sum = new CRC32();
    read(
        () -> {
          try (InputStream content =
              new CheckedInputStream(pixels.open(directory.open(path)), sum)) {
            byte[] image = new byte[format.shape().size()];
            for (int i = 0; i < classes.length; i++) {
              if (content.readNBytes(image, 0, image.length) < image.length) {
                throw new EOFException("it ends within its images");
              }
            }
          }
        });
    return Long.toHexString(sum.getValue()) + " " + Integer.toHexString(Arrays.hashCode(classes));
  }

  private interface Reading {
    void run() throws IOException;
  }

  private void read(Reading reading) {
    try {
      reading.run();
    } catch (PickleFormatException e) {
      throw corrupt(e.getMessage());
    } catch (IOException e) {
      throw DataErrors.unreadable(path.toString(), e);
    }
  }

  private ModelZooException corrupt(String finding) {
    return DataErrors.data(
        "%s is not a file of mini-ImageNet as published: %s. Use the published file."
            .formatted(path, finding));
  }
}
