package org.modelzoo.synthetic;

import java.util.SplittableRandom;

/**
 * Everything about a generated image that does not depend on its class. These ranges set how hard
 * the data is: a network has to learn to look past them, and can learn it on any task.
 *
 * @param centreX centre of the pattern, as share of the image's width
 * @param centreY likewise of the height
 * @param radius half the pattern's side, as share of the image's shorter side
 * @param turn in radians
 * @param background colour of the image's centre, each channel in [0, 1]
 * @param slope change of brightness from one side of the image to the other, across and down
 * @param contrast added to the background gives the first colour; taken away, the second
 */
record SyntheticNuisance(
    float centreX,
    float centreY,
    float radius,
    float turn,
    float[] background,
    float[] slope,
    float[] contrast) {
  private static final double SMALLEST_RADIUS = 0.30;
  private static final double LARGEST_RADIUS = 0.46;

  /** How far out of the image the pattern may reach, as share of its radius. */
  private static final double OVERHANG = 0.15;

  private static final double DARKEST = 0.25;
  private static final double BRIGHTEST = 0.75;
  private static final double STEEPEST = 0.25;
  private static final double FAINTEST = 0.16;
  private static final double STRONGEST = 0.42;

  /** Colours closer in brightness than this share of the range are not used. */
  private static final double CLOSEST = 0.1;

  static SyntheticNuisance draw(PatternFamily family, int channels, SplittableRandom random) {
    double radius = random.nextDouble(SMALLEST_RADIUS, LARGEST_RADIUS);
    double reach = Math.max(0.01, 0.5 - radius * (1 - OVERHANG));
    double turn = Math.toRadians(random.nextDouble(-family.turn(), family.turn()));
    float[] background = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      background[channel] = (float) random.nextDouble(DARKEST, BRIGHTEST);
    }
    return new SyntheticNuisance(
        (float) (0.5 + random.nextDouble(-reach, reach)),
        (float) (0.5 + random.nextDouble(-reach, reach)),
        (float) radius,
        (float) turn,
        background,
        new float[] {
          (float) random.nextDouble(-STEEPEST, STEEPEST),
          (float) random.nextDouble(-STEEPEST, STEEPEST)
        },
        contrast(family, channels, random));
  }

  private static float[] contrast(PatternFamily family, int channels, SplittableRandom random) {
    double[] direction = new double[channels];
    double sum = 0;
    double squares = 0;
    while (Math.abs(sum) < CLOSEST * channels) {
      sum = 0;
      squares = 0;
      for (int channel = 0; channel < channels; channel++) {
        direction[channel] = random.nextDouble(-1, 1);
        sum += direction[channel];
        squares += direction[channel] * direction[channel];
      }
    }
    double sign = family.brighterFirst() ? Math.signum(sum) : 1;
    double strength = sign * random.nextDouble(FAINTEST, STRONGEST) * Math.sqrt(channels / squares);
    float[] contrast = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      contrast[channel] = (float) (strength * direction[channel]);
    }
    return contrast;
  }
}
