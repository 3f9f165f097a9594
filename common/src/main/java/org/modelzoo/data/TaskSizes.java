package org.modelzoo.data;

import java.util.OptionalInt;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.SourceConfig;

/**
 * How many images a task has, as far as that is known without touching a file: to report the size
 * of an experiment before it starts. Runs on the driver.
 *
 * <p>Empty where only the files tell: for image folders, and for MNIST, whose classes differ in
 * size (its training images are known where {@code data.images-per-class} cuts them to one size).
 */
public final class TaskSizes {
  /** The smallest class of MNIST, the digit 5; those of Fashion-MNIST have 6000. */
  private static final int SMALLEST_MNIST_CLASS = 5421;

  private TaskSizes() {}

  /** Training images of a task, without those held out. */
  public static OptionalInt trainImages(DataConfig data, int task) {
    int perClass = trainPerClass(data);
    return total(
        data, task, perClass - ValidationSplit.size(perClass, data.validationShare()), perClass);
  }

  /** Images held out of the training images of a task. */
  public static OptionalInt validationImages(DataConfig data, int task) {
    int perClass = trainPerClass(data);
    return total(data, task, ValidationSplit.size(perClass, data.validationShare()), perClass);
  }

  /** Test images of a task. */
  public static OptionalInt testImages(DataConfig data, int task) {
    SourceConfig source = data.set().source();
    int perClass = -1;
    if (source instanceof SourceConfig.Cifar10) {
      perClass = 1000;
    } else if (source instanceof SourceConfig.Cifar100) {
      perClass = 100;
    } else if (source instanceof SourceConfig.MiniImageNet) {
      perClass = MiniImageNetFormat.PUBLISHED.testImagesPerClass();
    } else if (source instanceof SourceConfig.Synthetic synthetic) {
      perClass = synthetic.testImagesPerClass();
    }
    return total(data, task, perClass, perClass);
  }

  /** Training images of a class, those held out included; −1 where unknown. */
  private static int trainPerClass(DataConfig data) {
    SourceConfig source = data.set().source();
    int limit = KeptImages.most(data);
    if (source instanceof SourceConfig.Cifar10) {
      return Math.min(limit, 5000);
    }
    if (source instanceof SourceConfig.Cifar100) {
      return Math.min(limit, 500);
    }
    if (source instanceof SourceConfig.MiniImageNet) {
      return Math.min(limit, MiniImageNetFormat.PUBLISHED.trainImagesPerClass());
    }
    if (source instanceof SourceConfig.Synthetic synthetic) {
      return Math.min(limit, synthetic.trainImagesPerClass());
    }
    if (source instanceof SourceConfig.Mnist && limit <= SMALLEST_MNIST_CLASS) {
      return limit;
    }
    return -1;
  }

  private static OptionalInt total(DataConfig data, int task, int images, int known) {
    return known < 0
        ? OptionalInt.empty()
        : OptionalInt.of(images * data.set().tasks().get(task).classes().size());
  }
}
