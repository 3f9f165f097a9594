package org.modelzoo.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.TaskConfig;

/**
 * Checks the data before anything is trained on it. Runs on the driver. It reads the files of the
 * fixed formats once from end to end (about a second for CIFAR-100), and lists an image folder.
 */
public final class DataCheck {
  private static final int FINGERPRINT_BYTES = 8;

  private DataCheck() {}

  /**
   * Checks that the files are there, complete and of the right format, and that every class of
   * every task exists.
   *
   * @throws org.modelzoo.base.ModelZooException of kind DATA
   */
  public static CheckedData check(DataConfig data, Configuration hadoop) {
    SourceConfig source = data.set().source();
    if (source.classes() >= 0) {
      checkClasses(data, source.classes());
    }
    ImageSource images = ImageSources.open(data, hadoop);
    ImageSource.Summary summary = images.check();
    checkClasses(data, summary.classNames().size());
    return new CheckedData(fingerprint(source, summary), images.classNames(summary));
  }

  /**
   * The fingerprint that {@link #check} gave before classes were added behind the first ones.
   *
   * @param classes how many there were
   * @throws org.modelzoo.base.ModelZooException of kind DATA
   */
  public static String fingerprintOfFirst(int classes, DataConfig data, Configuration hadoop) {
    return fingerprint(data.set().source(), ImageSources.open(data, hadoop).checkFirst(classes));
  }

  private static String fingerprint(SourceConfig source, ImageSource.Summary summary) {
    String content =
        String.join(
            "\n",
            source.getClass().getSimpleName(),
            source.shape().toString(),
            summary.classNames().toString(),
            summary.content());
    return HexFormat.of()
        .formatHex(sha256().digest(content.getBytes(StandardCharsets.UTF_8)), 0, FINGERPRINT_BYTES);
  }

  private static void checkClasses(DataConfig data, int classes) {
    for (TaskConfig task : data.set().tasks()) {
      List<Integer> unknown =
          task.classes().stream().filter(label -> label < 0 || label >= classes).toList();
      if (!unknown.isEmpty()) {
        throw DataErrors.data(
            "Task %s of %s has the classes %s, but the data has the classes 0 to %d. Correct data.set.tasks."
                .formatted(task.name(), data.set().name(), unknown, classes - 1));
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
