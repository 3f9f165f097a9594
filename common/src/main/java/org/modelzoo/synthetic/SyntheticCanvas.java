package org.modelzoo.synthetic;

import java.util.SplittableRandom;
import org.modelzoo.config.ImageShape;

/** Draws generated images one after the other: background, clutter, pattern, noise. */
public final class SyntheticCanvas {
  /** Pieces of clutter behind the pattern, and again in front of it. */
  private static final int MOST_CLUTTER = 2;

  /** Half the side of a piece of clutter, as share of the image's shorter side. */
  private static final double LARGEST_CLUTTER = 0.12;

  private final ImageShape shape;
  private final float noise;

  /** [height, width, channels], 0 … 1 */
  private final float[] canvas;

  public SyntheticCanvas(ImageShape shape, double noise) {
    this.shape = shape;
    this.noise = (float) noise;
    this.canvas = new float[shape.size()];
  }

  /** Draws a sample of a class into {@code target} from {@code offset} on. */
  public void draw(
      PatternFamily family, int combination, SplittableRandom random, byte[] target, int offset) {
    SyntheticNuisance nuisance = SyntheticNuisance.draw(family, shape.channels(), random);
    drawBackground(nuisance);
    drawClutter(random);
    drawPattern(nuisance, family.pattern(combination, random));
    drawClutter(random);
    for (int i = 0; i < canvas.length; i++) {
      float value = 255 * (canvas[i] + noise * gaussian(random)) + 0.5f;
      target[offset + i] = (byte) (int) Math.max(0, Math.min(255, value));
    }
  }

  private void drawBackground(SyntheticNuisance nuisance) {
    int i = 0;
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        float brighter =
            nuisance.slope()[0] * ((float) column / shape.width() - 0.5f)
                + nuisance.slope()[1] * ((float) row / shape.height() - 0.5f);
        for (int channel = 0; channel < shape.channels(); channel++) {
          canvas[i++] = nuisance.background()[channel] + brighter;
        }
      }
    }
  }

  /** Some pieces: behind the pattern if called before it is drawn, else in front of it. */
  private void drawClutter(SplittableRandom random) {
    for (int i = random.nextInt(MOST_CLUTTER + 1); i > 0; i--) {
      drawPiece(random);
    }
  }

  /** A small rectangle of any colour. */
  private void drawPiece(SplittableRandom random) {
    int most = Math.max(1, (int) Math.round(LARGEST_CLUTTER * shorterSide()));
    int halfHeight = random.nextInt(most + 1);
    int halfWidth = random.nextInt(most + 1);
    int centreRow = random.nextInt(shape.height());
    int centreColumn = random.nextInt(shape.width());
    for (int channel = 0; channel < shape.channels(); channel++) {
      float colour = (float) random.nextDouble();
      for (int row = Math.max(0, centreRow - halfHeight);
          row <= Math.min(shape.height() - 1, centreRow + halfHeight);
          row++) {
        for (int column = Math.max(0, centreColumn - halfWidth);
            column <= Math.min(shape.width() - 1, centreColumn + halfWidth);
            column++) {
          canvas[(row * shape.width() + column) * shape.channels() + channel] = colour;
        }
      }
    }
  }

  private void drawPattern(SyntheticNuisance nuisance, PatternFamily.Pattern pattern) {
    float radius = nuisance.radius() * shorterSide();
    float cosine = (float) Math.cos(nuisance.turn()) / radius;
    float sine = (float) Math.sin(nuisance.turn()) / radius;
    int channels = shape.channels();
    for (int row = 0; row < shape.height(); row++) {
      float down = row + 0.5f - nuisance.centreY() * shape.height();
      for (int column = 0; column < shape.width(); column++) {
        float right = column + 0.5f - nuisance.centreX() * shape.width();
        float value = pattern.at(cosine * right + sine * down, cosine * down - sine * right);
        if (value != 0) {
          int pixel = (row * shape.width() + column) * channels;
          float cover = Math.abs(value);
          float sign = Math.signum(value);
          for (int channel = 0; channel < channels; channel++) {
            float colour = nuisance.background()[channel] + sign * nuisance.contrast()[channel];
            canvas[pixel + channel] += cover * (colour - canvas[pixel + channel]);
          }
        }
      }
    }
  }

  private int shorterSide() {
    return Math.min(shape.height(), shape.width());
  }

  /** About normal, from one draw: the sum of four even numbers, scaled to deviation 1. */
  private static float gaussian(SplittableRandom random) {
    long bits = random.nextLong();
    long sum =
        (bits & 0xFFFF) + ((bits >>> 16) & 0xFFFF) + ((bits >>> 32) & 0xFFFF) + (bits >>> 48);
    return (sum - 2 * 65535f) * (1 / (65535f * 0.57735026f));
  }
}
