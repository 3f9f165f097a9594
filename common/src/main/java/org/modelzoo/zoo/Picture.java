package org.modelzoo.zoo;

import java.awt.image.BufferedImage;

/**
 * An image to predict, in one of four forms. Arrays must have the shape of the zoo's images,
 * [height, width, channels]; pictures and files may have any size and are resized and, where the
 * zoo's images have one channel, turned grey, in the same way as the images of an image folder are
 * for training.
 *
 * <p>An image is taken as the task's images are after the rotation or permutation that a task of
 * the configuration may have: neither is applied.
 */
public sealed interface Picture {
  /** Unsigned bytes, as in the files of MNIST; of CIFAR with the channels of a pixel together. */
  record Pixels(byte[] bytes) implements Picture {}

  /** Intensities from 0, which is black, to 1. */
  record Intensities(float[] values) implements Picture {}

  /** A picture in memory. */
  record Drawn(BufferedImage image) implements Picture {}

  /** The content of a PNG or JPEG file. */
  record File(byte[] content) implements Picture {}
}
