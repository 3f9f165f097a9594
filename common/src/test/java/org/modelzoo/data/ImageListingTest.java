package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

class ImageListingTest {
  private final Configuration hadoop = new Configuration();

  @TempDir private Path directory;

  @Test
  void aFileThatWentIsABadImageAndADirectoryThatIsOutOfReachIsNone() throws IOException {
    Path file = Files.write(directory.resolve("a.png"), new byte[] {1, 2});
    assertThat(ImageListing.content(file.toString(), hadoop)).containsExactly(1, 2);

    Files.delete(file);
    assertThatThrownBy(() -> ImageListing.content(file.toString(), hadoop))
        .isInstanceOfSatisfying(
            ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessageContaining("a.png was there when the images were listed");
    assertThatThrownBy(
            () -> ImageListing.content(directory.resolve("unmounted/a.png").toString(), hadoop))
        .isInstanceOf(FileNotFoundException.class);
  }
}
