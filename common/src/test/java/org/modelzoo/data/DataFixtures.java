package org.modelzoo.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.AugmentationConfig;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.DataConfig.ImageChoice;
import org.modelzoo.config.DataConfig.Interpolation;
import org.modelzoo.config.DataConfig.Permutation;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.NormalisationConfig;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.config.TaskSetConfig;

/** Small data sets and configurations for the tests of this package. */
public final class DataFixtures {
  public static final NormalisationConfig NORMALISATION = new NormalisationConfig(0.5, 0.25);

  private DataFixtures() {}

  public static DataConfig data(SourceConfig source, List<TaskConfig> tasks) {
    return data("", source, tasks, 0, 0.2);
  }

  public static DataConfig data(
      String directory,
      SourceConfig source,
      List<TaskConfig> tasks,
      int imagesPerClass,
      double validationShare) {
    return data(
        directory,
        new TaskSetConfig("test", source, tasks),
        imagesPerClass,
        validationShare,
        new AugmentationConfig(0, false),
        NORMALISATION);
  }

  /** With the defaults for everything else. */
  public static DataConfig data(
      String directory,
      TaskSetConfig set,
      int imagesPerClass,
      double validationShare,
      AugmentationConfig augmentation,
      NormalisationConfig normalisation) {
    return new DataConfig(
        directory,
        set,
        imagesPerClass,
        ImageChoice.FIRST,
        validationShare,
        Interpolation.NEAREST,
        Permutation.SEEDED,
        augmentation,
        normalisation);
  }

  public static TaskConfig task(Integer... classes) {
    return TaskConfig.plain("task", List.of(classes));
  }

  public static SourceConfig.Synthetic synthetic(
      int families, int tasksPerFamily, int trainPerClass) {
    return new SourceConfig.Synthetic(
        new ImageShape(12, 12, 3), 7, families, tasksPerFamily, 4, trainPerClass, 10, 0.05);
  }

  public static List<TaskConfig> syntheticTasks(SourceConfig.Synthetic source) {
    int classes = source.classesPerTask();
    return IntStream.range(0, source.families() * source.tasksPerFamily())
        .mapToObj(t -> IntStream.range(t * classes, (t + 1) * classes).boxed().toList())
        .map(labels -> TaskConfig.plain("task", labels))
        .toList();
  }

  /** Images of one row whose first two bytes say which task and image they are. */
  public static LabelledImages numbered(ImageShape shape, int task, int size) {
    byte[] pixels = new byte[size * shape.size()];
    short[] labels = new short[size];
    for (int i = 0; i < size; i++) {
      pixels[i * shape.size()] = (byte) task;
      pixels[i * shape.size() + 1] = (byte) i;
      labels[i] = (short) (i % 3);
    }
    return new LabelledImages(shape, pixels, labels);
  }

  public static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** An idx file: magic number, sizes, bytes. */
  public static byte[] idx(int magic, int[] sizes, byte[] content) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + content.length).putInt(magic);
    for (int size : sizes) {
      buffer.putInt(size);
    }
    return buffer.put(content).array();
  }

  public static boolean isDataError(Throwable thrown) {
    return thrown instanceof ModelZooException e && e.kind() == ErrorKind.DATA;
  }
}
