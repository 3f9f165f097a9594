package org.modelzoo.zoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.NormalisationConfig;
import org.modelzoo.data.ImageDecoder;
import org.modelzoo.data.Normaliser;

/** Turns pictures into network input. Immutable. */
final class PictureReader {
  private final ImageShape shape;
  private final NormalisationConfig normalisation;
  private final Normaliser normaliser;
  private final ImageDecoder decoder;

  PictureReader(ImageShape shape, NormalisationConfig normalisation) {
    this.shape = shape;
    this.normalisation = normalisation;
    this.normaliser = new Normaliser(normalisation);
    this.decoder = new ImageDecoder(shape);
  }

  /**
   * Reads a picture.
   *
   * @param target gets shape.size() values
   * @throws ModelZooException (data) if it isn't one, or has another shape
   */
  void read(Picture picture, float[] target, int offset) {
    if (picture instanceof Picture.Intensities intensities) {
      normalise(intensities.values(), target, offset);
    } else {
      normaliser.normalise(pixels(picture), 0, shape.size(), target, offset);
    }
  }

  /** Bytes [height, width, channels] of a picture in any form but intensities. */
  byte[] pixels(Picture picture) {
    if (picture instanceof Picture.Pixels pixels) {
      requireShape(pixels.bytes().length, "bytes");
      return pixels.bytes();
    }
    if (picture instanceof Picture.Drawn drawn) {
      return decoder.pixels(drawn.image());
    }
    try {
      return decoder.decode(((Picture.File) picture).content(), "the image");
    } catch (IOException e) { // From memory: there is none.
      throw new UncheckedIOException(e);
    }
  }

  private void normalise(float[] values, float[] target, int offset) {
    requireShape(values.length, "values");
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= 1)) {
        throw data(
            "value %d of the image is %s, and must be from 0 to 1; divide bytes by 255"
                .formatted(i, values[i]));
      }
      target[offset + i] = (float) ((values[i] - normalisation.mean()) / normalisation.deviation());
    }
  }

  private void requireShape(int found, String of) {
    if (found != shape.size()) {
      throw data(
          "the image has %d %s, and the zoo's images, %s, have %d; resize it, or give it as a picture or a file"
              .formatted(found, of, shape, shape.size()));
    }
  }

  private static ModelZooException data(String message) {
    return new ModelZooException(ErrorKind.DATA, message);
  }
}
