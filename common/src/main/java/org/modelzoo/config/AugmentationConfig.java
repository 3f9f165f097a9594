package org.modelzoo.config;

import java.io.Serializable;

/**
 * Random changes to training images.
 *
 * @param cropPadding pixels of zero padding on each side before a random crop back to the original
 *     size; 0 switches cropping off
 * @param horizontalFlip mirror every image with probability one half
 */
public record AugmentationConfig(int cropPadding, boolean horizontalFlip) implements Serializable {
  /** Whether anything is changed. */
  public boolean isOn() {
    return cropPadding > 0 || horizontalFlip;
  }
}
