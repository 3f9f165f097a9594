package org.modelzoo.config;

import java.io.Serializable;

/**
 * Which images, cut into which tasks.
 *
 * @param directory URI on any Hadoop file system; the empty string for generated data
 * @param set source and tasks
 * @param imagesPerClass training images kept of each class, the first ones in file order, before
 *     the validation share is held out; 0 keeps all
 * @param validationShare share of each class's training images held out for the per-task validation
 *     losses, in [0, 1)
 * @param augmentation what is done to training images
 * @param normalisation how bytes become network input
 */
public record DataConfig(
    String directory,
    TaskSetConfig set,
    int imagesPerClass,
    double validationShare,
    AugmentationConfig augmentation,
    NormalisationConfig normalisation)
    implements Serializable {}
