package org.modelzoo.config;

import java.io.Serializable;

/** Where images come from, and what is known of them without opening a file. */
public sealed interface SourceConfig extends Serializable {
  /** Shape of every image. */
  ImageShape shape();

  /** Number of labels, 0 … classes − 1; −1 where only the files tell. */
  int classes();

  /** MNIST or a data set in its format (Fashion-MNIST), idx files, plain or {@code .gz}. */
  record Mnist() implements SourceConfig {
    private static final long serialVersionUID = 1L;

    @Override
    public ImageShape shape() {
      return new ImageShape(28, 28, 1);
    }

    @Override
    public int classes() {
      return 10;
    }
  }

  /** CIFAR-10 in the official binary format, a directory or the official {@code .tar.gz}. */
  record Cifar10() implements SourceConfig {
    private static final long serialVersionUID = 1L;

    @Override
    public ImageShape shape() {
      return new ImageShape(32, 32, 3);
    }

    @Override
    public int classes() {
      return 10;
    }
  }

  /** CIFAR-100 in the official binary format with fine labels, directory or {@code .tar.gz}. */
  record Cifar100() implements SourceConfig {
    private static final long serialVersionUID = 1L;

    @Override
    public ImageShape shape() {
      return new ImageShape(32, 32, 3);
    }

    @Override
    public int classes() {
      return 100;
    }
  }

  /**
   * mini-ImageNet as published: three Python pickles of 64, 16 and 20 classes, which are numbered
   * in this order, of 600 images each.
   */
  record MiniImageNet() implements SourceConfig {
    private static final long serialVersionUID = 1L;

    @Override
    public ImageShape shape() {
      return new ImageShape(84, 84, 3);
    }

    @Override
    public int classes() {
      return 100;
    }
  }

  /**
   * {@code train/<class>/*.png|jpg} and {@code test/<class>/…}, or {@code <class>/…} cut by {@code
   * trainShare}; labels are the class directories in name order; images are resized.
   *
   * @param trainShare share of each class's images, in name order, used for training where there is
   *     no {@code train} directory
   */
  record ImageFolder(ImageShape shape, double trainShare) implements SourceConfig {
    private static final long serialVersionUID = 1L;

    @Override
    public int classes() {
      return -1;
    }
  }

  /**
   * Images the program draws itself: families of tasks that share visual factors. Task t, counted
   * over all families, is of family t mod {@code families} and has the labels from t · {@code
   * classesPerTask} on.
   *
   * @param seed everything derives from it
   * @param families groups of related tasks
   * @param tasksPerFamily tasks in each family
   * @param classesPerTask classes in each task
   * @param trainImagesPerClass training images of each class
   * @param testImagesPerClass test images of each class
   * @param noise standard deviation of the pixel noise, in units of the full range
   */
  record Synthetic(
      ImageShape shape,
      long seed,
      int families,
      int tasksPerFamily,
      int classesPerTask,
      int trainImagesPerClass,
      int testImagesPerClass,
      double noise)
      implements SourceConfig {
    private static final long serialVersionUID = 1L;

    @Override
    public int classes() {
      return families * tasksPerFamily * classesPerTask;
    }
  }
}
