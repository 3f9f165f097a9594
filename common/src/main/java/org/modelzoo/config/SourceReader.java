package org.modelzoo.config;

import com.typesafe.config.Config;
import java.util.List;
import java.util.TreeSet;

/** Reads {@code data.set.source}; which keys there are depends on {@code format}. */
final class SourceReader {
  /** Labels are stored as 16-bit numbers. */
  private static final int MOST_CLASSES = Short.MAX_VALUE;

  private static final int LEAST_PIXELS = 8;
  private static final int MOST_PIXELS = 1024;
  private static final int MOST_CHANNELS = 3;
  private static final int MOST_IMAGES = 1_000_000;

  /** What the least varied of the generator's families can tell apart. */
  private static final int MOST_SYNTHETIC_CLASSES = 20;

  private final Config defaults;

  /**
   * @param defaults a section of defaults for each format
   */
  SourceReader(Config defaults) {
    this.defaults = defaults;
  }

  SourceConfig read(Section section) {
    List<String> formats =
        List.of("mnist", "cifar10", "cifar100", "mini-imagenet", "image-folder", "synthetic");
    String format = section.oneOf("format", formats);
    if (format.isEmpty()) {
      section.forgiveUnknownKeys();
      return new SourceConfig.Mnist();
    }
    rejectKeysOfOtherFormats(section, format);
    section.fillIn(defaults.getConfig(format));
    return switch (format) {
      case "mnist" -> new SourceConfig.Mnist();
      case "cifar10" -> new SourceConfig.Cifar10();
      case "cifar100" -> new SourceConfig.Cifar100();
      case "mini-imagenet" -> new SourceConfig.MiniImageNet();
      case "image-folder" ->
          new SourceConfig.ImageFolder(
              shape(section), section.number("train-share", Range.INNER_SHARE));
      default -> synthetic(section);
    };
  }

  private void rejectKeysOfOtherFormats(Section section, String format) {
    for (String name : new TreeSet<>(section.names())) {
      List<String> owners =
          defaults.root().keySet().stream()
              .filter(other -> defaults.getObject(other).containsKey(name))
              .sorted()
              .toList();
      if (!owners.isEmpty() && !owners.contains(format)) {
        section.problem(
            name,
            "is a key of format "
                + String.join(" and ", owners)
                + ", not of "
                + format
                + "; remove it");
      }
    }
  }

  private static ImageShape shape(Section section) {
    int channels = section.wholeNumber("channels", 1, MOST_CHANNELS);
    if (channels == 2) {
      section.problem("channels", "must be 1 (grey) or 3 (red, green, blue); choose one");
    }
    return new ImageShape(
        section.wholeNumber("height", LEAST_PIXELS, MOST_PIXELS),
        section.wholeNumber("width", LEAST_PIXELS, MOST_PIXELS),
        channels);
  }

  private static SourceConfig synthetic(Section section) {
    SourceConfig.Synthetic source =
        new SourceConfig.Synthetic(
            shape(section),
            section.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE),
            section.wholeNumber("families", 1, MOST_CLASSES),
            section.wholeNumber("tasks-per-family", 1, MOST_CLASSES),
            section.wholeNumber("classes-per-task", 2, MOST_SYNTHETIC_CLASSES),
            section.wholeNumber("train-images-per-class", 1, MOST_IMAGES),
            section.wholeNumber("test-images-per-class", 1, MOST_IMAGES),
            section.number("noise", Range.NOT_NEGATIVE));
    double classes = (double) source.families() * source.tasksPerFamily() * source.classesPerTask();
    if (classes > MOST_CLASSES) {
      section.problem(
          "families",
          "times tasks-per-family times classes-per-task must be at most "
              + MOST_CLASSES
              + " classes; lower one of them");
    }
    return source;
  }
}
