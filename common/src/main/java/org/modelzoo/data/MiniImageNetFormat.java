package org.modelzoo.data;

import java.util.List;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.SourceConfig;

/**
 * mini-ImageNet as it is published, cut into the classes of Ravi and Larochelle ("Optimization as a
 * Model for Few-Shot Learning", 2017): three files whose classes follow one another. All of them
 * are classes to train on and to test on here.
 *
 * @param shape of every image
 * @param files in the order of their classes
 * @param imagesPerClass in every class
 * @param trainImagesPerClass the first ones of each class; the others are for testing
 */
record MiniImageNetFormat(
    ImageShape shape, List<ClassFile> files, int imagesPerClass, int trainImagesPerClass) {
  static final MiniImageNetFormat PUBLISHED =
      new MiniImageNetFormat(
          new SourceConfig.MiniImageNet().shape(),
          List.of(
              new ClassFile(List.of("mini-imagenet-cache-train.pkl"), 64),
              new ClassFile(
                  List.of("mini-imagenet-cache-val.pkl", "mini-imagenet-cache-validation.pkl"), 16),
              new ClassFile(List.of("mini-imagenet-cache-test.pkl"), 20)),
          600,
          480);

  /**
   * One of the files.
   *
   * @param names that it is handed on under
   */
  record ClassFile(List<String> names, int classes) {}

  int testImagesPerClass() {
    return imagesPerClass - trainImagesPerClass;
  }
}
