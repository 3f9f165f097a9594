package org.modelzoo.data;

import org.modelzoo.config.DataConfig;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.SourceConfig.Cifar10;
import org.modelzoo.config.SourceConfig.Cifar100;
import org.modelzoo.config.SourceConfig.ImageFolder;
import org.modelzoo.config.SourceConfig.MiniImageNet;
import org.modelzoo.config.SourceConfig.Mnist;
import org.modelzoo.config.SourceConfig.Synthetic;

/**
 * The Java heap that the images of all tasks take in a JVM that has met every task: a byte a value.
 * Known without opening a file; of image folders an assumption. Runs on the driver.
 */
public final class ImageMemory {
  /** As in mini-ImageNet; only the files tell. */
  private static final int IMAGES_OF_A_FOLDER = 600;

  private ImageMemory() {}

  /** Bytes of the training, validation and test images of all tasks. */
  public static long bytes(DataConfig data) {
    long classes = data.set().tasks().stream().mapToLong(task -> task.classes().size()).sum();
    return classes * imagesPerClass(data) * data.set().source().shape().size();
  }

  private static long imagesPerClass(DataConfig data) {
    long limit = KeptImages.most(data);
    SourceConfig source = data.set().source();
    if (source instanceof Mnist) {
      return Math.min(limit, 6000) + 1000;
    } else if (source instanceof Cifar10) {
      return Math.min(limit, 5000) + 1000;
    } else if (source instanceof Cifar100) {
      return Math.min(limit, 500) + 100;
    } else if (source instanceof MiniImageNet) {
      MiniImageNetFormat format = MiniImageNetFormat.PUBLISHED;
      return Math.min(limit, format.trainImagesPerClass()) + format.testImagesPerClass();
    } else if (source instanceof Synthetic synthetic) {
      return Math.min(limit, synthetic.trainImagesPerClass()) + synthetic.testImagesPerClass();
    } else if (source instanceof ImageFolder) {
      return IMAGES_OF_A_FOLDER;
    }
    throw new IllegalArgumentException("no images of " + source);
  }
}
