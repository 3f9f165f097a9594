package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/own-data.md, with five classes of made-up pictures. */
class OwnDataTest {
  private static final Path PAGE = Path.of("..", "docs", "own-data.md");
  private static final Pattern EXAMPLE = Pattern.compile("```hocon\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory;
  private Path configuration;

  @BeforeEach
  void writeTheExample() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
    assertThat(example.find()).isTrue();
    configuration = Files.writeString(directory.resolve("pets.conf"), example.group(1));
    int colour = 1;
    for (String name : List.of("cat", "dog", "hen", "owl", "tit")) {
      for (String part : List.of("train", "train", "train", "test")) {
        colour += 12345;
        picture("pets/%s/%s/%d.png".formatted(part, name, colour), colour);
      }
    }
  }

  @Test
  void theExampleIsInspected() {
    Console console = run("data", "inspect", "--output", directory.resolve("out").toString());

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("pets: 3 tasks of 32×32×3 images")
        .containsPattern("birds +3 +6 +3 +3 +3 +1 ");
    assertThat(directory.resolve("out/task-02-cats-or-dogs-upside-down.png")).exists();
  }

  @Test
  void theExampleIsPlanned() {
    Console console = run("validate");

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out()).containsPattern("rounds +3\n");
  }

  private Console run(String... command) {
    return Console.run(
        command,
        "--config",
        configuration.toString(),
        "--set",
        "data.directory=" + directory.resolve("pets"));
  }

  private void picture(String name, int colour) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(20, 15, colour);
    ImageIO.write(image, "png", file.toFile());
  }
}
