package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A Dockerfile as a list of instructions, each a line. */
record Dockerfile(Path path, List<String> instructions) {
  /** A file of deploy/docker. */
  static Dockerfile read(String name) throws IOException {
    Path path = DeployProgram.DEPLOY.resolve("docker").resolve(name);
    String text = Files.readString(path).replaceAll("(?m)^#.*\n", "").replace("\\\n", " ");
    return new Dockerfile(
        path, Arrays.stream(text.split("\n")).filter(line -> !line.isBlank()).toList());
  }

  /** What stands behind a word in all instructions that begin with it. */
  List<String> all(String instruction) {
    return instructions.stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1).strip())
        .toList();
  }

  /** What stands behind a word that must begin exactly one instruction. */
  String only(String instruction) {
    assertThat(all(instruction)).as(instruction).hasSize(1);
    return all(instruction).get(0);
  }

  /** Default of a build argument. */
  String argument(String name) {
    return all("ARG").stream()
        .filter(argument -> argument.startsWith(name + "="))
        .map(argument -> argument.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
