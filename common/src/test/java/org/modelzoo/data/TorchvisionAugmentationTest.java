package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.AugmentationConfig;
import org.modelzoo.config.ImageShape;

/**
 * Augmentation and normalisation give torchvision's pixels; {@code deploy/benchmark/golden.py}
 * wrote them down.
 */
class TorchvisionAugmentationTest {
  private static final Path FILE = Path.of("src/test/resources/pytorch/augmentation.csv");
  private static final ImageShape SHAPE = new ImageShape(32, 32, 3);
  private static final int PADDING = 4;
  private static final int OFFSETS = 2 * PADDING + 1;
  private static final int IMAGE_STREAM = 3000;
  private static final Normaliser NORMALISER = new Normaliser(DataFixtures.NORMALISATION);

  /** Where the crop begins in the padded image, in pixels. */
  private record Crop(int top, int left, boolean mirrored) {}

  @Test
  void bytesBecomeTheNumbersOfToTensorAndNormalize() throws IOException {
    byte[] bytes = new byte[256];
    for (int value = 0; value < bytes.length; value++) {
      bytes[value] = (byte) value;
    }
    float[] numbers = new float[bytes.length];
    NORMALISER.normalise(bytes, 0, bytes.length, numbers, 0);

    List<String[]> expected = lines("byte");
    assertThat(expected).hasSize(256);
    for (String[] words : expected) {
      // torchvision rounds x / 255 to single precision before it subtracts and divides.
      assertThat(numbers[Integer.parseInt(words[1])])
          .isCloseTo(Float.parseFloat(words[4]), within(2.4e-7f));
    }
  }

  @Test
  void everyCropAndFlipHasThePixelsOfRandomCropAndRandomHorizontalFlip() throws IOException {
    Map<Crop, Long> checksums = new HashMap<>();
    for (String[] words : lines("crop")) {
      int top = Integer.parseInt(words[1]);
      int left = Integer.parseInt(words[2]);
      checksums.put(new Crop(top, left, words[3].equals("1")), Long.valueOf(words[4]));
    }
    assertThat(checksums).hasSize(2 * OFFSETS * OFFSETS);
    assertThat(new HashSet<>(checksums.values())).hasSize(2 * OFFSETS * OFFSETS);

    byte[] image = image();
    Augmenter augmenter = new Augmenter(new AugmentationConfig(PADDING, true), SHAPE, NORMALISER);
    float[] augmented = new float[SHAPE.size()];
    Set<Crop> seen = new HashSet<>();
    for (int seed = 0; seed < 5000; seed++) {
      augmenter.apply(image, 0, new SplittableRandom(seed), augmented, 0);
      SplittableRandom same = new SplittableRandom(seed);
      Crop crop = new Crop(same.nextInt(OFFSETS), same.nextInt(OFFSETS), same.nextBoolean());
      seen.add(crop);
      assertThat(checksum(augmented)).as(crop.toString()).isEqualTo(checksums.get(crop));
    }
    assertThat(seen).isEqualTo(checksums.keySet());
  }

  private static List<String[]> lines(String what) throws IOException {
    return Files.readAllLines(FILE).stream()
        .map(line -> line.split(",", -1))
        .filter(words -> words[0].equals(what))
        .toList();
  }

  private static byte[] image() {
    SplittableRandom random = new SplittableRandom(IMAGE_STREAM);
    byte[] pixels = new byte[SHAPE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextLong() >>> 40);
    }
    return pixels;
  }

  /** Of the bytes that the numbers were before normalisation. */
  private static long checksum(float[] numbers) {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round((numbers[i] * 0.25 + 0.5) * 255);
    }
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }
}
