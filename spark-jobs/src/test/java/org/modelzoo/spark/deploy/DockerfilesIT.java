package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The images' files, held against what the build made; no Docker reads them. */
class DockerfilesIT {
  private static final Path ROOT = DeployProgram.DEPLOY.getParent();
  private static final String FOR_CARDS = "${JARS}/";

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("files")
  void beginFromPinnedImages(Dockerfile file) {
    List<String> images =
        file.all("ARG").stream()
            .filter(argument -> argument.contains("_IMAGE="))
            .map(argument -> argument.substring(argument.indexOf('=') + 1))
            .toList();
    assertThat(images)
        .isNotEmpty()
        .allMatch(image -> image.matches("docker\\.io/[a-z/]+:.*[0-9].*"));
    assertThat(file.all("FROM")).hasSameSizeAs(images).allMatch(from -> from.startsWith("${"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void endAsAUserWithoutRights(Dockerfile file) {
    List<String> users = file.all("USER");
    assertThat(users.get(users.size() - 1)).matches("[1-9][0-9]*:[1-9][0-9]*");
  }

  @ParameterizedTest
  @MethodSource("files")
  void loadNothingFromElsewhere(Dockerfile file) {
    assertThat(file.all("ADD")).isEmpty();
    assertThat(file.all("RUN")).noneMatch(run -> run.matches(".*\\b(curl|wget|sudo|apt-get)\\b.*"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void copyWhatTheBuildMade(Dockerfile file) throws IOException {
    List<String> sent = Files.readAllLines(file.path().resolveSibling(file + ".dockerignore"));
    assertThat(sent).contains("*");
    assertThat(sources(file)).contains("conf", "spark-jobs/target/modelzoo-app.jar");
    for (String source : sources(file)) {
      if (source.equals(FOR_CARDS)) {
        assertThat(sent).contains("!" + file.argument("JARS"), "!spark-jobs/target/cuda");
      } else {
        assertThat(ROOT.resolve(source)).exists();
        assertThat(sent).contains("!" + source);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void beginWithSparksEntryPoint(Dockerfile file) throws IOException {
    assertThat(words(file.only("ENTRYPOINT"))).containsExactly("/opt/entrypoint.sh");
    assertThat(words(file.only("CMD"))).startsWith("java").endsWith("help");
    String check = file.only("HEALTHCHECK");
    assertThat(words(check.substring(check.indexOf("CMD") + 3)))
        .containsExactly("/opt/modelzoo/bin/alive");
  }

  /**
   * The program finds all it loads in the cache that the image holds, and extracts nothing anew.
   */
  @Tag("full")
  @Test
  void holdTheNativesThatTheProgramLoads() throws Exception {
    Path jar = ROOT.resolve("spark-jobs/target/modelzoo-app.jar");
    Path natives = directory.resolve("natives");
    DeployProgram.Result extracted =
        new DeployProgram(directory, Map.of())
            .run("docker/extract-natives", natives.toString(), jar.toString());
    assertThat(extracted.exitCode()).as(extracted.err()).isZero();
    Map<Path, Object> before = libraries(natives);
    assertThat(before.keySet()).anyMatch(file -> file.endsWith("libnd4jcpu.so"));

    DeployProgram.Result run =
        new DeployProgram(
                directory,
                Map.of("JAVA_TOOL_OPTIONS", "-Dorg.bytedeco.javacpp.cachedir=" + natives))
            .run(
                "modelzoo",
                "benchmark",
                "--network",
                "small-conv",
                "--batch",
                "8",
                "--members",
                "1",
                "--threads",
                "1",
                "--seconds",
                "1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    // JavaCPP replaces a copy of what another library brought already by a link to that.
    assertThat(libraries(natives)).hasSizeGreaterThan(5);
    assertThat(before).containsAllEntriesOf(libraries(natives));
  }

  @Tag("full")
  @Test
  void refuseJarsWithoutNatives() throws Exception {
    Path empty = directory.resolve("empty.jar");
    DeployProgram program = new DeployProgram(directory, Map.of());
    program.run(
        List.of(
            "jar",
            "--create",
            "--file",
            empty.toString(),
            "-C",
            ROOT.resolve("conf").toString(),
            "quickstart.conf"));
    DeployProgram.Result refused =
        program.run("docker/extract-natives", directory.resolve("to").toString(), empty.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("no native library for linux-x86_64");
  }

  /** A process of Spark's is found and asked; where there is none, that is no health. */
  @Tag("full")
  @Test
  void noticeThatNoSparkRuns() throws Exception {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    DeployProgram.write(
        programs.resolve("jcmd"),
        "#!/bin/sh",
        "[ \"$*\" = 'org.apache.spark VM.uptime' ] && exit $CODE");
    for (String code : List.of("0", "1")) {
      Map<String, String> environment =
          Map.of("PATH", programs + ":" + System.getenv("PATH"), "CODE", code);
      assertThat(new DeployProgram(directory, environment).run("docker/alive").exitCode())
          .isEqualTo(Integer.parseInt(code));
    }
  }

  static List<Dockerfile> files() throws IOException {
    return List.of(Dockerfile.read("Dockerfile"), Dockerfile.read("Dockerfile.gpu"));
  }

  /** What is copied from the repository, not from another image. */
  private static List<String> sources(Dockerfile file) {
    return file.all("COPY").stream()
        .filter(copy -> !copy.startsWith("--from="))
        .flatMap(
            copy -> {
              String[] words = copy.split(" ");
              return Arrays.stream(words, 0, words.length - 1);
            })
        .toList();
  }

  private static List<String> words(String json) throws IOException {
    return List.of(new ObjectMapper().readValue(json, String[].class));
  }

  /** Each extracted file, by which it is seen whether it was replaced. */
  private static Map<Path, Object> libraries(Path natives) throws IOException {
    Map<Path, Object> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(natives)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && file.toString().contains(".so")) {
          found.put(natives.relativize(file), Files.getAttribute(file, "unix:ino"));
        }
      }
    }
    return found;
  }
}
