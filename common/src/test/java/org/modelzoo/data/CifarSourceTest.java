package org.modelzoo.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official layouts with a few records a file. */
class CifarSourceTest {
  private static final CifarFormat FORMAT =
      new CifarFormat(
          "CIFAR-3", 2, 3, "cifar-bin", "cifar.tar.gz", List.of("a.bin", "b.bin"), "t.bin", 6, 3);

  @TempDir Path directory;

  @Test
  void readsPlanesAsPixels() {
    writeAll("");

    byte[] image = read(Set.of(1), 100).get(1).train();

    // Record 1 of a.bin: red is 10 + 1, green 20 + 1, blue 30 + 1.
    assertThat(Arrays.copyOf(image, 6)).containsExactly(11, 21, 31, 11, 21, 31);
    assertThat(image).hasSize(4 * 3072);
  }

  @Test
  void keepsTheOrderOfTheFilesAndCutsAtTheLimit() {
    writeAll("");

    ClassImages images = read(Set.of(0, 2), 3).get(2);

    assertThat(firstBytes(images.train())).containsExactly((byte) 12, (byte) 15, (byte) 52);
    assertThat(firstBytes(images.test())).containsExactly((byte) 92);
  }

  @Test
  void findsFilesInTheDirectoryInTheOfficialOneAndInTheArchive() throws IOException {
    writeAll("plain/");
    writeAll("unpacked/cifar-bin/");
    DataFixtures.write(
        directory.resolve("packed/cifar.tar.gz"), archive("b.bin", "t.bin", "a.bin"));

    byte[] expected = read("plain", Set.of(0, 1, 2), 3).get(1).train();

    assertThat(read("unpacked", Set.of(1), 3).get(1).train()).isEqualTo(expected);
    assertThat(read("packed", Set.of(1), 3).get(1).train()).isEqualTo(expected);
    assertThat(read("packed/cifar.tar.gz", Set.of(1), 3).get(1).train()).isEqualTo(expected);
    assertThat(source("packed").check()).isEqualTo(source("plain").check());
  }

  @Test
  void ignoresOddEntriesOfAnArchive() throws IOException {
    DataFixtures.write(
        directory.resolve("cifar.tar.gz"),
        archive("../../outside.bin", "/etc/odd", "a.bin", "b.bin", "a.bin", "t.bin"));

    assertThat(read(Set.of(0), 100).get(0).train()).hasSize(4 * 3072);
    assertThat(directory.getParent().resolve("outside.bin")).doesNotExist();
  }

  @Test
  void aLinkInAnArchiveIsNotFollowed() throws IOException {
    DataFixtures.write(directory.resolve("secret.bin"), content("a.bin"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry link = new TarArchiveEntry("cifar-bin/a.bin", TarConstants.LF_SYMLINK);
      link.setLinkName(directory.resolve("secret.bin").toString());
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    DataFixtures.write(directory.resolve("cifar.tar.gz"), DataFixtures.gzip(bytes.toByteArray()));

    assertThatThrownBy(() -> read(Set.of(0), 1)).matches(DataFixtures::isDataError);
  }

  @Test
  void anArchiveThatUnpacksWithoutEndIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry bomb = new TarArchiveEntry("cifar-bin/filler");
      bomb.setSize(20 << 20);
      tar.putArchiveEntry(bomb);
      tar.write(new byte[20 << 20]);
      tar.closeArchiveEntry();
    }
    byte[] packed = DataFixtures.gzip(bytes.toByteArray());
    DataFixtures.write(directory.resolve("cifar.tar.gz"), packed);

    assertThat(packed.length).isLessThan(100_000);
    assertThatThrownBy(() -> read(Set.of(0), 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("it unpacks to more than 16,823,326 bytes");
  }

  @Test
  void headersThatAskForTheImpossibleAreErrorsAtOnce() {
    byte[] most = "77777777777\0".getBytes(UTF_8);
    Map<String, byte[]> archives =
        Map.of(
            "no entry a.bin", TarHeaders.entry("pax", 'x', TarHeaders.pax("mtime=9e9999999")),
            "it ends within an entry", TarHeaders.header("pax", 'x', most),
            "unpacks to more than", TarHeaders.entry("longlink", 'L', new byte[20 << 20]),
            "not an octal number", TarHeaders.header("a.bin", '0', new byte[] {-1, -1, -1, -1}),
            "expected 18444 bytes, found 8589934591", TarHeaders.header("a.bin", '0', most));
    archives.forEach(
        (message, archive) -> {
          DataFixtures.write(directory.resolve("cifar.tar.gz"), DataFixtures.gzip(archive));
          assertTimeoutPreemptively(
              Duration.ofSeconds(60),
              () ->
                  assertThatThrownBy(() -> source("").check())
                      .matches(DataFixtures::isDataError)
                      .hasMessageContaining(message));
        });
  }

  @Test
  void namesWhatItLookedForWhenNothingIsThere() {
    assertThatThrownBy(() -> read(Set.of(0), 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll(directory.toString(), "a.bin", "cifar-bin/t.bin", "cifar.tar.gz");
    assertThatThrownBy(() -> read("absent", Set.of(0), 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("There is nothing at", "absent", "data.directory");
  }

  @Test
  void namesAFileThatIsMissingBesideOthers() {
    writeAll("");
    assertThat(directory.resolve("b.bin").toFile().delete()).isTrue();

    assertThatThrownBy(() -> read(Set.of(0), 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("has none of: b.bin");
  }

  @Test
  void saysHowManyBytesATruncatedFileHas() {
    writeAll("");
    DataFixtures.write(directory.resolve("b.bin"), new byte[5000]);

    assertThatThrownBy(() -> read(Set.of(0), 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("b.bin", "expected 18444 bytes", "found 5000", "Fetch");
  }

  @Test
  void refusesATruncatedArchive() throws IOException {
    byte[] whole = archive("a.bin", "b.bin", "t.bin");
    for (int length : new int[] {0, 5, whole.length / 3, whole.length * 2 / 3}) {
      DataFixtures.write(directory.resolve("cifar.tar.gz"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> read(Set.of(0), 1))
          .matches(DataFixtures::isDataError)
          .hasMessageContaining("cifar.tar.gz");
    }
  }

  @Test
  void refusesAnArchiveWhoseChecksumIsWrong() throws IOException {
    byte[] archive = archive("a.bin", "b.bin", "t.bin");
    archive[archive.length - 8] ^= 1;
    DataFixtures.write(directory.resolve("cifar.tar.gz"), archive);

    assertThatThrownBy(() -> read(Set.of(0), 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("cifar.tar.gz", "truncated or corrupt");
  }

  @Test
  void refusesAnArchiveOfSomethingElse() throws IOException {
    DataFixtures.write(directory.resolve("cifar.tar.gz"), archive("a.bin", "t.bin"));
    assertThatThrownBy(() -> read(Set.of(0), 1))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("no entry b.bin");

    DataFixtures.write(directory.resolve("cifar.tar.gz"), "no archive".getBytes(UTF_8));
    assertThatThrownBy(() -> read(Set.of(0), 1)).matches(DataFixtures::isDataError);
  }

  @Test
  void refusesALabelOutOfRange() {
    writeAll("");
    byte[] broken = file(10, 6);
    broken[3074 + 1] = 3;
    DataFixtures.write(directory.resolve("a.bin"), broken);

    assertThatThrownBy(() -> source("").check())
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("a.bin", "image 1 has label 3", "0 to 2");
  }

  private CifarSource source(String place) {
    return new CifarSource(
        FORMAT, new DataDirectory(directory.resolve(place).toString(), new Configuration()));
  }

  private Map<Integer, ClassImages> read(Set<Integer> classes, int limit) {
    return read("", classes, limit);
  }

  private Map<Integer, ClassImages> read(String place, Set<Integer> classes, int limit) {
    return source(place).read(classes, limit);
  }

  private void writeAll(String place) {
    DataFixtures.write(directory.resolve(place + "a.bin"), content("a.bin"));
    DataFixtures.write(directory.resolve(place + "b.bin"), content("b.bin"));
    DataFixtures.write(directory.resolve(place + "t.bin"), content("t.bin"));
  }

  private static byte[] content(String name) {
    return switch (name) {
      case "a.bin" -> file(10, 6);
      case "b.bin" -> file(50, 6);
      case "t.bin" -> file(90, 3);
      default -> new byte[] {1, 2, 3};
    };
  }

  /** Record i has label i mod 3; its planes hold first + i, first + 10 + i, first + 20 + i. */
  private static byte[] file(int first, int records) {
    byte[] file = new byte[records * 3074];
    for (int i = 0; i < records; i++) {
      file[i * 3074] = 77;
      file[i * 3074 + 1] = (byte) (i % 3);
      for (int plane = 0; plane < 3; plane++) {
        int begin = i * 3074 + 2 + plane * 1024;
        Arrays.fill(file, begin, begin + 1024, (byte) (first + 10 * plane + i));
      }
    }
    return file;
  }

  private static byte[] archive(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry folder = new TarArchiveEntry("cifar-bin/");
      tar.putArchiveEntry(folder);
      tar.closeArchiveEntry();
      for (String name : names) {
        String path = name.contains("/") ? name : "cifar-bin/" + name;
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setSize(content(name).length);
        tar.putArchiveEntry(entry);
        tar.write(content(name));
        tar.closeArchiveEntry();
      }
    }
    return DataFixtures.gzip(bytes.toByteArray());
  }

  private static List<Byte> firstBytes(byte[] images) {
    return IntStream.range(0, images.length / 3072).mapToObj(i -> images[i * 3072]).toList();
  }
}
