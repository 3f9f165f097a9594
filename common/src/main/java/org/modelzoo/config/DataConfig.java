package org.modelzoo.config;

import java.io.Serializable;

/**
 * Which images, cut into which tasks.
 *
 * @param directory URI on any Hadoop file system; the empty string for generated data
 * @param set source and tasks
 * @param imagesPerClass training images kept of each class, before the validation share is held
 *     out; 0 keeps all
 * @param imageChoice which ones are kept
 * @param validationShare share of each class's training images held out for the per-task validation
 *     losses, in [0, 1)
 * @param interpolation how the images of rotated tasks are made
 * @param permutation what a task's permutation seed stands for
 * @param augmentation what is done to training images
 * @param normalisation how bytes become network input
 */
public record DataConfig(
    String directory,
    TaskSetConfig set,
    int imagesPerClass,
    ImageChoice imageChoice,
    double validationShare,
    Interpolation interpolation,
    Permutation permutation,
    AugmentationConfig augmentation,
    NormalisationConfig normalisation)
    implements Serializable {

  /** Which training images of a class are kept. */
  public enum ImageChoice {
    /** The first ones in file order. */
    FIRST,
    /** Drawn by the experiment's seed. */
    SEEDED
  }

  /** Where the pixels of a rotated image come from. */
  public enum Interpolation {
    /** The nearest pixel of the original, as torchvision's rotation has it. */
    NEAREST,
    /** The four pixels around the place, weighted by their distance. */
    BILINEAR
  }

  /** What a task's permutation seed stands for. */
  public enum Permutation {
    /** 1 to 4: the permutations of Permuted-MNIST as published. */
    PUBLISHED,
    /** Any number: a permutation drawn from it. */
    SEEDED
  }
}
