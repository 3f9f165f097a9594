package org.modelzoo.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.data.MiniImageNetFormat.ClassFile;

/** Reads what {@code src/test/resources/mini-imagenet/make.py} wrote. */
class MiniImageNetSourceTest {
  private static final ImageShape SHAPE = new ImageShape(40, 40, 3);
  private static final List<String> ENCODINGS =
      List.of("python2", "protocol2", "protocol3", "protocol4", "protocol5");

  /** As published, with fewer classes of fewer and smaller images. */
  private static final MiniImageNetFormat SMALL =
      new MiniImageNetFormat(
          SHAPE,
          List.of(
              new ClassFile(MiniImageNetFormat.PUBLISHED.files().get(0).names(), 3),
              new ClassFile(MiniImageNetFormat.PUBLISHED.files().get(1).names(), 2),
              new ClassFile(MiniImageNetFormat.PUBLISHED.files().get(2).names(), 2)),
          5,
          4);

  /** Each class's images within its file. */
  private static final int[][] IMAGES = {
    {0, 1, 2, 3, 4},
    {5, 6, 7, 8, 9},
    {10, 11, 12, 13, 14}, // one class after the other
    {0, 2, 4, 6, 8},
    {1, 3, 5, 7, 9}, // classes in turn
    {0, 2, 4, 6, 8},
    {1, 3, 5, 7, 9}
  };

  private static final int[] FILES = {0, 0, 0, 1, 1, 2, 2};

  @TempDir private Path directory;

  @BeforeEach
  void unpack() {
    for (String encoding : ENCODINGS) {
      for (String name : List.of("train", "val", "test")) {
        String file = "mini-imagenet-cache-" + name + ".pkl";
        String packed = "/mini-imagenet/" + encoding + "/" + file + ".gz";
        try (InputStream content = new GZIPInputStream(getClass().getResourceAsStream(packed))) {
          DataFixtures.write(directory.resolve(encoding).resolve(file), content.readAllBytes());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"python2", "protocol2", "protocol3", "protocol4", "protocol5"})
  void classesGoOnFromFileToFileInTheOrderOfTheirImages(String encoding) {
    assertThat(source(encoding).check().classNames())
        .containsExactly("train-0", "train-1", "train-2", "val-0", "val-1", "test-0", "test-1");

    Map<Integer, ClassImages> read = source(encoding).read(Set.of(0, 1, 2, 3, 4, 5, 6), 100);

    for (int label = 0; label < 7; label++) {
      int[] images = IMAGES[label];
      assertThat(read.get(label).train()).isEqualTo(pixels(FILES[label], Arrays.copyOf(images, 4)));
      assertThat(read.get(label).test()).isEqualTo(pixels(FILES[label], images[4]));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"python2", "protocol2", "protocol4"})
  void readsTheFirstTrainingImagesOfSomeClassesAlone(String encoding) {
    Map<Integer, ClassImages> read = source(encoding).read(Set.of(2, 3), 2);

    assertThat(read).containsOnlyKeys(2, 3);
    assertThat(read.get(2).train()).isEqualTo(pixels(0, 10, 11));
    assertThat(read.get(2).test()).isEqualTo(pixels(0, 14));
    assertThat(read.get(3).train()).isEqualTo(pixels(1, 0, 2));
    assertThat(read.get(3).test()).isEqualTo(pixels(1, 8));
  }

  @Test
  void theFingerprintIsOfThePixelsAndNotOfHowTheyWereWritten() throws IOException {
    String content = source("protocol3").check().content();
    for (String encoding : ENCODINGS) {
      assertThat(source(encoding).check().content()).isEqualTo(content);
    }
    Path file = directory.resolve("protocol3/mini-imagenet-cache-test.pkl");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2]++;
    Files.write(file, bytes);
    assertThat(source("protocol3").check().content()).isNotEqualTo(content);
  }

  @Test
  void readsTheOtherNameOfTheValidationFile() throws IOException {
    Path file = directory.resolve("protocol4/mini-imagenet-cache-val.pkl");
    Files.move(file, file.resolveSibling("mini-imagenet-cache-validation.pkl"));

    assertThat(source("protocol4").read(Set.of(4), 1).get(4).train()).isEqualTo(pixels(1, 1));
  }

  @Test
  void thePublishedFormIsThatOfTheConfiguration() {
    SourceConfig.MiniImageNet config = new SourceConfig.MiniImageNet();
    MiniImageNetFormat published = MiniImageNetFormat.PUBLISHED;

    assertThat(published.shape()).isEqualTo(config.shape());
    assertThat(published.files().stream().mapToInt(ClassFile::classes).sum())
        .isEqualTo(config.classes());
    assertThat(published.trainImagesPerClass()).isEqualTo(600 * 80 / 100);
    assertThat(published.testImagesPerClass()).isEqualTo(120);
  }

  @Test
  void aMissingFileIsAnError() throws IOException {
    Files.delete(directory.resolve("protocol4/mini-imagenet-cache-val.pkl"));

    assertThatThrownBy(() -> source("protocol4").check())
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("mini-imagenet-cache-val.pkl, mini-imagenet-cache-validation.pkl");
  }

  @ParameterizedTest
  @CsvSource({"python2, 0.1", "python2, 0.99", "protocol2, 0.5", "protocol4, 0.2", "protocol5, 0"})
  void aTruncatedFileIsAnError(String encoding, double share) throws IOException {
    Path file = directory.resolve(encoding).resolve("mini-imagenet-cache-train.pkl");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) (share * whole.length)));

    assertThatThrownBy(() -> source(encoding).read(Set.of(0), 4))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("truncated or corrupt (it ends within");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image_data | image-data | its image_data is not an array of [10, 40, 40, 3] bytes",
        "class_dict | class_list | its class_dict is not a dictionary of 2 classes",
        "test-1     | test-0     | its class_dict is not a dictionary of 2 classes",
        "u1         | i1         | it has an array of type i1 instead of unsigned bytes",
        "ndarray    | nd         | it names numpy.nd, and nothing but plain values",
        "numpy      | posix      | it names posix.core.multiarray._reconstruct, and nothing but",
      })
  void somethingElseIsAnErrorThatNamesTheFile(String text, String instead, String finding)
      throws IOException {
    Path file = directory.resolve("python2/mini-imagenet-cache-test.pkl");
    replace(file, text, instead);

    assertThatThrownBy(() -> source("python2").read(Set.of(5), 4))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(finding)
        .hasMessageEndingWith("Use the published file.");
  }

  @Test
  void indicesMustBeOfTheFilesImagesAndEachInOneClass() throws IOException {
    Path file = directory.resolve("python2/mini-imagenet-cache-test.pkl");
    byte[] whole = Files.readAllBytes(file);
    // The last image of class test-0, and with it of the list.
    replace(file, "K\beuu", "K\teuu");
    assertThatThrownBy(() -> source("python2").check())
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("its class_dict has an image twice");
    Files.write(file, whole);
    replace(file, "K\beuu", "K\neuu");
    assertThatThrownBy(() -> source("python2").check())
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("an index that is not from 0 to 9");
  }

  private static void replace(Path file, String text, String instead) throws IOException {
    String content = new String(Files.readAllBytes(file), ISO_8859_1);
    assertThat(content).contains(text);
    Files.write(file, content.replace(text, instead).getBytes(ISO_8859_1));
  }

  private MiniImageNetSource source(String encoding) {
    return new MiniImageNetSource(
        SMALL, new DataDirectory(directory.resolve(encoding).toString(), new Configuration()));
  }

  private static byte[] pixels(int file, int... images) {
    byte[] pixels = new byte[images.length * SHAPE.size()];
    for (int i = 0; i < images.length; i++) {
      for (int k = 0; k < SHAPE.size(); k++) {
        pixels[i * SHAPE.size() + k] = (byte) (50 * file + 7 * images[i] + k);
      }
    }
    return pixels;
  }
}
