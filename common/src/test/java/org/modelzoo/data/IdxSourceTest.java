package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.SourceConfig;

class IdxSourceTest {
  private static final int IMAGE = 28 * 28;

  @TempDir Path directory;

  @BeforeEach
  void writeFiles() {
    write("train-images-idx3-ubyte", images(20));
    write("train-labels-idx1-ubyte", labels(20));
    write("t10k-images-idx3-ubyte", images(10));
    write("t10k-labels-idx1-ubyte", labels(10));
  }

  @Test
  void readsTheImagesOfAClassInFileOrder() {
    ClassImages images = read(3, 100);

    assertThat(images.train()).hasSize(2 * IMAGE).startsWith(3).endsWith(13);
    assertThat(images.test()).hasSize(IMAGE).containsOnly(3);
    assertThat(read(3, 1).train()).hasSize(IMAGE).containsOnly(3);
  }

  @Test
  void readsZippedAndDottedNamesAlike() {
    String summary = source().check().content();
    replace("train-images-idx3-ubyte", "train-images.idx3-ubyte", images(20));
    replace("train-labels-idx1-ubyte", "train-labels.idx1-ubyte.gz", DataFixtures.gzip(labels(20)));
    replace("t10k-images-idx3-ubyte", "t10k-images-idx3-ubyte.gz", DataFixtures.gzip(images(10)));

    assertThat(read(3, 100).train()).hasSize(2 * IMAGE).startsWith(3).endsWith(13);
    assertThat(source().check().content()).isEqualTo(summary);
  }

  @Test
  void namesEveryNameItLookedFor() {
    assertThat(directory.resolve("t10k-labels-idx1-ubyte").toFile().delete()).isTrue();

    assertThatThrownBy(() -> read(0, 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll(
            directory.toString(), "t10k-labels-idx1-ubyte.gz", "t10k-labels.idx1-ubyte");
  }

  @Test
  void refusesAFileOfAnotherFormat() {
    write("train-labels-idx1-ubyte", images(20));

    assertThatThrownBy(() -> read(0, 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("train-labels", "00000803 instead of 00000801");
  }

  @Test
  void refusesImagesOfAnotherSize() {
    write("train-images-idx3-ubyte", DataFixtures.idx(0x803, new int[] {1, 28, 32}, new byte[896]));

    assertThatThrownBy(() -> read(0, 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("32 pixels instead of 28");
  }

  @Test
  void saysHowManyBytesATruncatedFileHas() {
    write("train-images-idx3-ubyte", Arrays.copyOf(images(20), 16 + 1000));
    assertThatThrownBy(() -> read(0, 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("train-images", "expected 15680 bytes", "found 1000", "Fetch");

    write("train-images-idx3-ubyte", Arrays.copyOf(images(20), 7));
    assertThatThrownBy(() -> read(0, 1)).matches(DataFixtures::isDataError);
  }

  @Test
  void takesNoMemoryForWhatOnlyTheHeaderClaims() {
    write(
        "train-images-idx3-ubyte",
        DataFixtures.idx(0x803, new int[] {1_300_000, 28, 28}, new byte[100]));

    assertThatThrownBy(() -> read(0, 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("expected 1019200000 bytes", "found 100");
  }

  @Test
  void refusesATruncatedZippedFile() {
    byte[] zipped = DataFixtures.gzip(images(10));
    replace(
        "t10k-images-idx3-ubyte",
        "t10k-images-idx3-ubyte.gz",
        Arrays.copyOf(zipped, zipped.length - 12));

    assertThatThrownBy(() -> read(0, 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("t10k-images-idx3-ubyte.gz");
  }

  @Test
  void refusesSurplusBytes() {
    write("train-images-idx3-ubyte", Arrays.copyOf(images(20), 16 + 20 * IMAGE + 5));

    assertThatThrownBy(() -> read(0, 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("more than the " + 20 * IMAGE + " bytes");
  }

  @Test
  void unpacksNoSurplus() {
    byte[] surplus = new byte[1 << 22];
    new Random(1).nextBytes(surplus);
    byte[] content = Arrays.copyOf(images(20), 16 + 20 * IMAGE + surplus.length);
    System.arraycopy(surplus, 0, content, 16 + 20 * IMAGE, surplus.length);
    byte[] zipped = DataFixtures.gzip(content);
    replace(
        "train-images-idx3-ubyte",
        "train-images-idx3-ubyte.gz",
        Arrays.copyOf(zipped, zipped.length - 12));

    assertThatThrownBy(() -> read(0, 1))
        .as("the damage at the end of the surplus is never met")
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("more than the " + 20 * IMAGE + " bytes");
  }

  @Test
  void refusesAnAbsurdHeader() {
    for (int items : new int[] {0, -1, Integer.MAX_VALUE}) {
      write(
          "train-images-idx3-ubyte",
          DataFixtures.idx(0x803, new int[] {items, 28, 28}, new byte[0]));
      assertThatThrownBy(() -> read(0, 1))
          .matches(DataFixtures::isDataError)
          .hasMessageContaining("claims to hold " + items);
    }
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    write("train-labels-idx1-ubyte", labels(19));
    assertThatThrownBy(() -> read(0, 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("19 labels for the 20 images");

    byte[] outOfRange = labels(20);
    outOfRange[8 + 4] = 10;
    write("train-labels-idx1-ubyte", outOfRange);
    assertThatThrownBy(() -> read(0, 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("label 4 is 10");
  }

  private IdxSource source() {
    return new IdxSource(
        new SourceConfig.Mnist(), new DataDirectory(directory.toString(), new Configuration()));
  }

  private ClassImages read(int label, int limit) {
    return source().read(Set.of(label), limit).get(label);
  }

  private void write(String name, byte[] content) {
    DataFixtures.write(directory.resolve(name), content);
  }

  private void replace(String name, String by, byte[] content) {
    assertThat(directory.resolve(name).toFile().delete()).isTrue();
    write(by, content);
  }

  /** Every pixel of image i is i. */
  private static byte[] images(int count) {
    byte[] pixels = new byte[count * IMAGE];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / IMAGE;
      pixels[i] = (byte) image;
    }
    return DataFixtures.idx(0x803, new int[] {count, 28, 28}, pixels);
  }

  /** The label of image i is i mod 10. */
  private static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return DataFixtures.idx(0x801, new int[] {count}, labels);
  }
}
