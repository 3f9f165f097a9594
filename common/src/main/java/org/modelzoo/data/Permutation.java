package org.modelzoo.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.ImageShape;

/** Permutes the pixels of images, all images of a task alike; a pixel's channels stay together. */
final class Permutation {
  private static final String PUBLISHED = "permuted-mnist.txt";

  private final ImageShape shape;

  /** [height · width] where each pixel of the result comes from. */
  private final int[] sources;

  private Permutation(ImageShape shape, int[] sources) {
    this.shape = shape;
    this.sources = sources;
  }

  /** Drawn from a number. */
  static Permutation seeded(ImageShape shape, long permutationSeed) {
    int[] sources = new int[shape.height() * shape.width()];
    SplittableRandom random = Seeds.random(permutationSeed, "permutation");
    for (int i = 0; i < sources.length; i++) {
      int j = random.nextInt(i + 1);
      sources[i] = sources[j];
      sources[j] = i;
    }
    return new Permutation(shape, sources);
  }

  /**
   * A permutation of the published Permuted-MNIST.
   *
   * @param shape MNIST's
   * @param number from 1 to 4
   */
  static Permutation published(ImageShape shape, long number) {
    List<String> lines;
    try (InputStream content = Permutation.class.getResourceAsStream(PUBLISHED)) {
      lines = new String(content.readAllBytes(), US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Line 0 says what they are.
    String[] numbers = lines.get((int) number).split(" ");
    return new Permutation(shape, Arrays.stream(numbers).mapToInt(Integer::parseInt).toArray());
  }

  /** Permutes images that lie side by side, in place. */
  void apply(byte[] images) {
    byte[] original = new byte[shape.size()];
    int channels = shape.channels();
    for (int offset = 0; offset < images.length; offset += shape.size()) {
      System.arraycopy(images, offset, original, 0, original.length);
      for (int pixel = 0; pixel < sources.length; pixel++) {
        for (int channel = 0; channel < channels; channel++) {
          images[offset + pixel * channels + channel] =
              original[sources[pixel] * channels + channel];
        }
      }
    }
  }
}
