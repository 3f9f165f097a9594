package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.config.ImageShape;

class ImageRecordsTest {
  private static final int IDX_IMAGES = 0x803;

  private static final CifarFormat CIFAR =
      new CifarFormat(
          "CIFAR-3", 2, 3, "cifar-bin", "cifar.tar.gz", List.of("a.bin", "b.bin"), "t.bin", 6, 3);

  private final Configuration hadoop = new Configuration();

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void partsOfAnIdxFilePutTogetherAreTheWhole(boolean packed) {
    byte[] pixels = new byte[7 * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    byte[] file = DataFixtures.idx(IDX_IMAGES, new int[] {7, 2, 3}, pixels);
    DataFixtures.write(directory.resolve("images"), packed ? DataFixtures.gzip(file) : file);
    ImageRecords records = ImageRecords.idx(directory.resolve("images").toString(), hadoop);

    assertThat(records.shape()).isEqualTo(new ImageShape(2, 3, 1));
    assertThat(records.size()).isEqualTo(7);
    List<byte[]> images = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int[] range : new int[][] {{0, 3}, {3, 3}, {3, 7}}) {
      records.read(
          range[0],
          range[1],
          (name, image) -> {
            names.add(name);
            images.add(image);
          });
    }
    for (int i = 0; i < 7; i++) {
      assertThat(names.get(i)).endsWith("/images#" + i);
      assertThat(images.get(i)).isEqualTo(Arrays.copyOfRange(pixels, 6 * i, 6 * i + 6));
    }
    assertThat(images).hasSize(7);
  }

  @Test
  void idxFilesOfSomethingElseAndTruncatedOnesAreDataErrors() {
    byte[] labels = DataFixtures.idx(0x801, new int[] {8}, new byte[40]);
    assertThatThrownBy(() -> idx(labels))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("it starts with 00000801");
    byte[] huge = DataFixtures.idx(IDX_IMAGES, new int[] {1, 70_000, 70_000}, new byte[9]);
    assertThatThrownBy(() -> idx(huge)).matches(DataFixtures::isDataError);
    assertThatThrownBy(() -> idx(new byte[] {0, 0, 8}))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("it ends within its header");
    ImageRecords truncated = idx(DataFixtures.idx(IDX_IMAGES, new int[] {3, 2, 2}, new byte[11]));
    assertThatThrownBy(() -> truncated.read(0, 3, (name, image) -> {}))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("truncated");
  }

  private ImageRecords idx(byte[] content) {
    DataFixtures.write(directory.resolve("some"), content);
    return ImageRecords.idx(directory.resolve("some").toString(), hadoop);
  }

  @Test
  void imagesOfCifarsFilesComeInTheOrderOfTheFilesWhateverTheParts() {
    for (int file = 0; file < 3; file++) {
      int records = CIFAR.records(CIFAR.files().get(file));
      byte[] content = new byte[records * CIFAR.recordBytes()];
      for (int i = 0; i < records; i++) {
        Arrays.fill(
            content,
            i * CIFAR.recordBytes() + CIFAR.labelBytes(),
            (i + 1) * CIFAR.recordBytes(),
            (byte) (10 * file + i));
      }
      DataFixtures.write(directory.resolve(CIFAR.files().get(file)), content);
    }
    ImageRecords records = new CifarRecords(CIFAR, directory.toString(), hadoop);

    assertThat(records.size()).isEqualTo(15);
    List<String> found = new ArrayList<>();
    for (int[] range : new int[][] {{0, 5}, {5, 13}, {13, 15}}) {
      records.read(
          range[0],
          range[1],
          (name, image) -> {
            assertThat(image).hasSize(3072).containsOnly(image[0]);
            found.add(name.substring(name.lastIndexOf('/') + 1) + " " + image[0]);
          });
    }
    assertThat(found)
        .hasSize(15)
        .startsWith("a.bin#0 0", "a.bin#1 1")
        .containsSequence("a.bin#5 5", "b.bin#0 10", "b.bin#1 11")
        .endsWith("b.bin#5 15", "t.bin#0 20", "t.bin#1 21", "t.bin#2 22");
  }
}
