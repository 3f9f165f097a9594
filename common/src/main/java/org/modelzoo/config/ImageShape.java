package org.modelzoo.config;

import java.io.Serializable;

/** Height, width and channels of every image of a data set, in pixels; arrays of them are NHWC. */
public record ImageShape(int height, int width, int channels) implements Serializable {
  /** Values per image. */
  public int size() {
    return height * width * channels;
  }

  @Override
  public String toString() {
    return height + "×" + width + "×" + channels;
  }
}
