package org.modelzoo.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.data.TarHeaders.archive;
import static org.modelzoo.data.TarHeaders.entry;
import static org.modelzoo.data.TarHeaders.header;
import static org.modelzoo.data.TarHeaders.pax;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.data.TarFiles.TarFile;

class TarFilesTest {
  private static final byte[] END = new byte[1024];

  @Test
  void showsFilesByTheirNamesWithoutDirectories() throws IOException {
    byte[] big = new byte[513];
    Arrays.fill(big, (byte) 'x');

    assertThat(
            read(
                archive(
                    entry("d/", '5', new byte[0]),
                    entry("d/a", '0', "one".getBytes(UTF_8)),
                    entry("d/e/b", '\0', big),
                    entry("c", '0', new byte[0]),
                    END)))
        .isEqualTo(Map.of("a", "one", "b", "x".repeat(513), "c", ""));
  }

  @Test
  void aFileNeedNotBeReadToItsEnd() throws IOException {
    TarFiles files =
        new TarFiles(
            new ByteArrayInputStream(
                archive(entry("a", '0', new byte[600]), entry("b", '0', new byte[] {7}))));

    assertThat(files.next().orElseThrow().content().read()).isZero();
    assertThat(files.next().orElseThrow().content().readAllBytes()).containsExactly(7);
    assertThat(files.next()).isEmpty();
  }

  @Test
  void extendedHeadersArePassedOverUnread() throws IOException {
    byte[] file = entry("a", '0', "one".getBytes(UTF_8));

    assertThat(
            read(
                archive(
                    entry("global", 'g', pax("mtime=9e9999999")),
                    entry("extended", 'x', pax("size=1e9999999")),
                    entry("longlink", 'L', new byte[100_000]),
                    file)))
        .isEqualTo(Map.of("a", "one"));
  }

  @Test
  void linksAreNoFilesAndHaveNoContent() throws IOException {
    byte[] link = header("a", '2', "00000001000\0".getBytes(UTF_8));

    assertThat(read(archive(link, entry("b", '0', "one".getBytes(UTF_8)))))
        .isEqualTo(Map.of("b", "one"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0000000001\0", "\u00ff          1", "00000000009\0", "1e999999999\0"})
  void sizesThatAreNoOctalNumbersAreRefused(String size) {
    byte[] header = header("a", '0', Arrays.copyOf(size.getBytes(UTF_8), 12));

    assertThatThrownBy(() -> read(header))
        .isInstanceOf(ZipException.class)
        .hasMessage("the size in a header is not an octal number");
  }

  @Test
  void whatHasNoChecksumIsNoHeader() {
    byte[] header = entry("a", '0', new byte[0]);
    header[0] = 'b';

    assertThatThrownBy(() -> read(header))
        .isInstanceOf(ZipException.class)
        .hasMessage("the checksum of a header is wrong");
  }

  @Test
  void anArchiveThatEndsTooEarlyIsRefused() {
    byte[] whole = archive(entry("a", '0', new byte[700]), entry("b", '0', new byte[1]));
    for (int length : new int[] {1, 511, 513, 1211, 1024 + 512 + 1}) {
      assertThatThrownBy(() -> read(Arrays.copyOf(whole, length)))
          .as("%d bytes", length)
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("it ends within");
    }
  }

  private static Map<String, String> read(byte[] archive) throws IOException {
    TarFiles files = new TarFiles(new ByteArrayInputStream(archive));
    Map<String, String> found = new LinkedHashMap<>();
    for (Optional<TarFile> file = files.next(); file.isPresent(); file = files.next()) {
      String content = new String(file.get().content().readAllBytes(), UTF_8);
      assertThat(content).hasSize((int) file.get().size());
      found.put(file.get().name(), content);
    }
    return found;
  }
}
