package org.modelzoo.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.SourceConfig;

class ImageFolderSourceTest {
  private static final ImageShape SHAPE = new ImageShape(4, 6, 3);

  @TempDir Path directory;

  @Test
  void labelsAreClassDirectoriesInNameOrder() {
    write("train/cat/1.png", Color.RED, "png");
    write("train/cat/2.PNG", Color.GREEN, "png");
    write("train/ant/1.png", Color.BLUE, "png");
    write("test/cat/1.png", Color.WHITE, "png");
    write("test/ant/1.png", Color.BLACK, "png");
    DataFixtures.write(directory.resolve("train/cat/readme.txt"), new byte[] {1});
    DataFixtures.write(directory.resolve("train/.hidden/1.png"), new byte[] {1});

    assertThat(source(SHAPE).check().classNames()).containsExactly("ant", "cat");
    ClassImages cat = source(SHAPE).read(Set.of(1), 10).get(1);
    assertThat(cat.train()).hasSize(2 * SHAPE.size());
    assertThat(Arrays.copyOf(cat.train(), 3)).containsExactly(255, 0, 0);
    assertThat(Arrays.copyOfRange(cat.train(), SHAPE.size(), SHAPE.size() + 3))
        .containsExactly(0, 255, 0);
    assertThat(cat.test()).hasSize(SHAPE.size()).containsOnly(255);
    assertThat(source(SHAPE).read(Set.of(1), 1).get(1).train()).hasSize(SHAPE.size());
  }

  @Test
  void whatWasFoundBeforeThereWereMoreClassesIsFoundStill() {
    for (String name : new String[] {"train/ant/1", "test/ant/1", "train/bee/1", "test/bee/1"}) {
      write(name + ".png", Color.RED, "png");
    }
    ImageSource.Summary before = source(SHAPE).check();
    write("train/cat/1.png", Color.RED, "png");
    write("test/cat/1.png", Color.RED, "png");
    assertThat(source(SHAPE).check()).isNotEqualTo(before);
    assertThat(source(SHAPE).checkFirst(2)).isEqualTo(before);
    write("train/bee/2.png", Color.RED, "png");
    assertThat(source(SHAPE).checkFirst(2)).isNotEqualTo(before);
  }

  @Test
  void linksAreFollowedAndOnlyPicturesAreRead() throws IOException {
    Path elsewhere = directory.resolve("elsewhere");
    write("elsewhere/ant/1.png", Color.RED, "png");
    DataFixtures.write(elsewhere.resolve("keys"), "s3cret".getBytes(UTF_8));
    Path data = Files.createDirectories(directory.resolve("data/test/ant")).getParent().getParent();
    Files.createDirectory(data.resolve("train"));
    Files.createSymbolicLink(data.resolve("train/ant"), elsewhere.resolve("ant"));
    Files.createSymbolicLink(data.resolve("test/ant/1.png"), elsewhere.resolve("keys"));
    ImageFolderSource source =
        new ImageFolderSource(
            new SourceConfig.ImageFolder(SHAPE, 0.5),
            new DataDirectory(data.toString(), new Configuration()));

    assertThat(source.check().classNames()).containsExactly("ant");
    assertThatThrownBy(() -> source.read(Set.of(0), 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("it is not a PNG or JPEG file")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void cutsClassDirectoriesByShare() {
    for (int i = 0; i < 10; i++) {
      write("owl/" + i + ".png", new Color(i, i, i), "png");
    }

    ClassImages owl = source(SHAPE).read(Set.of(0), 100).get(0);

    assertThat(owl.train()).hasSize(8 * SHAPE.size()).startsWith(0).endsWith(7);
    assertThat(owl.test()).hasSize(2 * SHAPE.size()).startsWith(8).endsWith(9);
  }

  @Test
  void resizesJpegsAndMakesGrey() {
    write("owl/1.jpg", new Color(200, 100, 50), "jpg");
    write("owl/2.jpeg", new Color(200, 100, 50), "jpg");

    byte[] images = source(new ImageShape(5, 5, 1), 0.5).read(Set.of(0), 100).get(0).train();

    // 0.299 · 200 + 0.587 · 100 + 0.114 · 50 = 124.2
    assertThat(images).hasSize(25);
    for (byte pixel : images) {
      assertThat(pixel & 0xFF).isBetween(122, 126);
    }
  }

  @Test
  void greyPicturesKeepTheirValues() throws IOException {
    BufferedImage grey = new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 100);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(grey, "png", bytes);

    assertThat(new ImageDecoder(SHAPE).decode(bytes.toByteArray(), "grey.png"))
        .startsWith(100, 100, 100, 0);
  }

  @Test
  void otherFormatsAreNotDecoded() {
    for (String format : List.of("gif", "bmp")) {
      write("owl/1.png", Color.RED, format);
      assertThatThrownBy(() -> source(SHAPE).read(Set.of(0), 100))
          .matches(DataFixtures::isDataError)
          .hasMessageContainingAll("owl/1.png", "not a PNG or JPEG");
    }
  }

  @Test
  void namesABrokenPicture() {
    write("owl/1.png", Color.RED, "png");
    DataFixtures.write(directory.resolve("owl/2.png"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> source(SHAPE).read(Set.of(0), 100))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("owl/2.png", "not a PNG or JPEG");

    DataFixtures.write(directory.resolve("owl/2.png"), Arrays.copyOf(png(Color.RED), 60));
    assertThatThrownBy(() -> source(SHAPE).read(Set.of(0), 100))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("owl/2.png", "decoding failed");

    DataFixtures.write(directory.resolve("owl/2.png"), new byte[0]);
    assertThatThrownBy(() -> source(SHAPE).check())
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("owl/2.png", "has 0 bytes");
  }

  @Test
  void refusesAPictureThatUnpacksIntoGigabytes() {
    byte[] bomb = png(Color.RED);
    // Width and height are the first two numbers of the header chunk, its sum is the last.
    ByteBuffer.wrap(bomb).putInt(16, 100_000).putInt(20, 100_000);
    CRC32 sum = new CRC32();
    sum.update(bomb, 12, 17);
    ByteBuffer.wrap(bomb).putInt(29, (int) sum.getValue());

    assertThatThrownBy(() -> new ImageDecoder(SHAPE).decode(bomb, "bomb.png"))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("bomb.png", "10000000000 pixels");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> source(SHAPE).check())
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll(directory.toString(), "train/<class>/");

    write("train/cat/1.png", Color.RED, "png");
    assertThatThrownBy(() -> source(SHAPE).check())
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("test/cat/*.png");
  }

  private ImageFolderSource source(ImageShape shape) {
    return source(shape, 0.8);
  }

  private ImageFolderSource source(ImageShape shape, double trainShare) {
    return new ImageFolderSource(
        new SourceConfig.ImageFolder(shape, trainShare),
        new DataDirectory(directory.toString(), new Configuration()));
  }

  private void write(String name, Color color, String format) {
    DataFixtures.write(directory.resolve(name), picture(color, format));
  }

  private static byte[] png(Color color) {
    return picture(color, "png");
  }

  private static byte[] picture(Color color, String format) {
    BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, 30, 20);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
