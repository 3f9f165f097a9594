package org.modelzoo.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
  @TempDir private Path directory;

  private NativeCache chosen;

  @AfterEach
  void deleteTemporary() throws IOException {
    if (!chosen.lasts()) {
      Files.delete(chosen.directory());
    }
  }

  @Test
  void aMissingOneIsMadeForThisUserAlone() throws IOException {
    Path cache = directory.resolve("home/.javacpp/cache");

    choose(cache);

    assertThat(chosen.directory()).isEqualTo(cache.toRealPath());
    assertThat(chosen.lasts()).isTrue();
    assertThat(chosen.refused()).isEmpty();
    assertThat(mode(cache)).isEqualTo("rwx------");
    assertThat(mode(cache.getParent())).isEqualTo("rwx------");
  }

  @Test
  void onesThatOthersOnlyReadAreUsed() throws IOException {
    Path cache = make("cache", "rwxr-xr-x");
    Files.writeString(make("cache/a.jar", "rwxr-xr-x").resolve("a.so"), "");

    choose(cache);

    assertThat(chosen.directory()).isEqualTo(cache.toRealPath());
  }

  @Test
  void oneThatOthersWriteIsNotUsed() throws IOException {
    Path planted = make("planted", "rwxrwxrwx");
    Files.writeString(planted.resolve("a.so"), "theirs");

    choose(planted);

    assertRefused(planted);
    assertThat(chosen.directory()).isEmptyDirectory();
  }

  @Test
  void oneThatTheGroupWritesIsNotUsed() throws IOException {
    Path shared = make("shared", "rwxrwxr-x");

    choose(shared);

    assertRefused(shared);
  }

  @Test
  void oneThatOthersCanReplaceIsNotUsed() throws IOException {
    Path open = make("open", "rwxrwxrwx");
    make("open/cache", "rwx------");

    choose(open.resolve("cache"));

    assertRefused(open);
  }

  @Test
  void oneInWhichOthersWriteIsNotUsedUnlessTheyCantEnterIt() throws IOException {
    Path cache = make("cache", "rwxr-xr-x");
    Path inside = make("cache/a.jar", "rwxrwxr-x");

    choose(cache);
    assertRefused(inside);
    deleteTemporary();

    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
    choose(cache);
    assertThat(chosen.directory()).isEqualTo(cache.toRealPath());
  }

  @Test
  void theNextIsTakenWhereTheFirstIsRefusedOrCantBeMade() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Path open = make("open", "rwxrwxrwx");
    Path cache = make("cache", "rwx------");

    choose(file.resolve("cache"), open, cache);

    assertThat(chosen.directory()).isEqualTo(cache.toRealPath());
    assertThat(chosen.refused().orElseThrow()).contains(open.toRealPath().toString());
  }

  @Test
  void linksAreFollowedBeforeTheLook() throws IOException {
    Path cache = make("cache", "rwx------");
    Path open = make("open", "rwxrwxrwx");
    Path link = Files.createSymbolicLink(open.resolve("link"), cache);

    choose(link);

    assertThat(chosen.directory()).as("others can't turn it round").isEqualTo(cache.toRealPath());
  }

  @Test
  void javacppTakesTheOneThatWasChosen() throws Exception {
    Path planted = make("temporary", "rwxrwxrwx");
    String user = System.getProperty("user.name");
    Path theirs = make("temporary/.javacpp-%s/cache".formatted(user), "rwxrwxrwx");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                // No directory can be made there.
                "-Duser.home=/dev/null",
                "-Djava.io.tmpdir=" + planted,
                "-cp",
                System.getProperty("java.class.path"),
                NativeCacheProbe.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String used = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    choose(directory.resolve("unused"));

    assertThat(used).startsWith(planted.toRealPath() + "/modelzoo-natives").endsWith("rwx------");
    assertThat(theirs).isEmptyDirectory();
    assertThat(planted).as("gone with its process").isDirectoryNotContaining("glob:**natives*");
  }

  private void choose(Path... candidates) {
    chosen = NativeCache.among(List.of(candidates));
  }

  private void assertRefused(Path open) throws IOException {
    assertThat(chosen.lasts()).isFalse();
    assertThat(mode(chosen.directory())).isEqualTo("rwx------");
    assertThat(chosen.refused().orElseThrow())
        .contains("others than this user can write to " + open.toRealPath(), mode(open));
  }

  private Path make(String name, String mode) throws IOException {
    Path made = Files.createDirectories(directory.resolve(name));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
