package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all shell scripts of the directory deploy. */
class ShellScriptsTest {
  @TempDir private Path directory;

  @Test
  void areFound() throws IOException {
    assertThat(scripts())
        .contains(
            Path.of("modelzoo"),
            Path.of("gpu/discover-gpus"),
            Path.of("gpu/prove"),
            Path.of("standalone/start"),
            Path.of("standalone/settings"),
            Path.of("yarn/submit"),
            Path.of("kubernetes/submit"),
            Path.of("docker/alive"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void haveNoSyntaxError(Path script) throws Exception {
    DeployProgram.Result check =
        new DeployProgram(directory, Map.of())
            .run(List.of("bash", "-n", DeployProgram.DEPLOY.resolve(script).toString()));
    assertThat(check.exitCode()).as(check.err()).isZero();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void passShellcheckWhereThereIsOne(Path script) throws Exception {
    try {
      DeployProgram.Result check =
          new DeployProgram(directory, Map.of())
              .run(List.of("shellcheck", "-x", DeployProgram.DEPLOY.resolve(script).toString()));
      assertThat(check.exitCode()).as(check.out()).isZero();
    } catch (IOException e) {
      abort("there is no shellcheck here: " + e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void areProgramsUnlessTheyAreReadByOthers(Path script) throws IOException {
    Path file = DeployProgram.DEPLOY.resolve(script);
    assertThat(Files.isExecutable(file)).isEqualTo(firstLine(file).startsWith("#!"));
  }

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(DeployProgram.DEPLOY)) {
      return files
          .filter(file -> Files.isRegularFile(file) && isScript(file))
          .map(DeployProgram.DEPLOY::relativize)
          .sorted()
          .toList();
    }
  }

  private static boolean isScript(Path file) {
    String first = firstLine(file);
    return first.equals("#!/usr/bin/env bash") || first.startsWith("# shellcheck shell=bash");
  }

  private static String firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
