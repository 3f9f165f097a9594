package org.modelzoo.data;

import org.modelzoo.config.DataConfig.Interpolation;
import org.modelzoo.config.ImageShape;

/**
 * Rotates images counter-clockwise about their centre, black where nothing is known. What every
 * pixel is made of is computed once for all images.
 */
final class Rotation {
  private final ImageShape shape;

  /** [pixels, 4] first byte of up to four source pixels; any pixel where the weight is 0. */
  private final int[] sources;

  /** [pixels, 4] */
  private final float[] weights;

  Rotation(ImageShape shape, double degrees, Interpolation interpolation) {
    this.shape = shape;
    int pixels = shape.height() * shape.width();
    this.sources = new int[4 * pixels];
    this.weights = new float[4 * pixels];
    double cosine = Math.cos(Math.toRadians(degrees));
    double sine = Math.sin(Math.toRadians(degrees));
    double centreRow = (shape.height() - 1) / 2.0;
    double centreColumn = (shape.width() - 1) / 2.0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      int row = pixel / shape.width();
      double right = pixel % shape.width() - centreColumn;
      double down = row - centreRow;
      // Where the pixel came from is its place rotated back; rows run downwards.
      if (interpolation == Interpolation.NEAREST) {
        // The brackets keep exact what should be half a pixel, which then goes to the even one.
        setNearest(
            pixel,
            Math.rint(centreRow + (cosine * down + sine * right)),
            Math.rint(centreColumn + (cosine * right - sine * down)));
      } else {
        setFour(
            pixel,
            centreRow + cosine * down + sine * right,
            centreColumn + cosine * right - sine * down);
      }
    }
  }

  private void setNearest(int pixel, double row, double column) {
    if (isInside(row, column)) {
      setSource(4 * pixel, (int) row, (int) column, 1);
    }
  }

  private void setFour(int pixel, double row, double column) {
    int top = (int) Math.floor(row);
    int left = (int) Math.floor(column);
    for (int corner = 0; corner < 4; corner++) {
      int sourceRow = top + corner / 2;
      int sourceColumn = left + corner % 2;
      if (isInside(sourceRow, sourceColumn)) {
        setSource(
            4 * pixel + corner,
            sourceRow,
            sourceColumn,
            (1 - Math.abs(row - sourceRow)) * (1 - Math.abs(column - sourceColumn)));
      }
    }
  }

  private boolean isInside(double row, double column) {
    return row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
  }

  private void setSource(int corner, int row, int column, double weight) {
    sources[corner] = (row * shape.width() + column) * shape.channels();
    weights[corner] = (float) weight;
  }

  /** Rotates images that lie side by side, in place. */
  void apply(byte[] images) {
    byte[] original = new byte[shape.size()];
    int channels = shape.channels();
    for (int offset = 0; offset < images.length; offset += shape.size()) {
      System.arraycopy(images, offset, original, 0, original.length);
      for (int pixel = 0; pixel < shape.height() * shape.width(); pixel++) {
        for (int channel = 0; channel < channels; channel++) {
          float value = 0.5f;
          for (int corner = 4 * pixel; corner < 4 * pixel + 4; corner++) {
            value += weights[corner] * (original[sources[corner] + channel] & 0xFF);
          }
          images[offset + pixel * channels + channel] = (byte) (int) value;
        }
      }
    }
  }
}
