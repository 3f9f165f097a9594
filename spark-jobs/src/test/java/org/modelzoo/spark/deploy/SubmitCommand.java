package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A command that a submit script prints with --dry-run. */
record SubmitCommand(List<String> words) {
  /** Runs a script of deploy and reads what it prints as the shell would. */
  static SubmitCommand of(Path directory, String script, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--dry-run"));
    all.addAll(List.of(arguments));
    DeployProgram program = new DeployProgram(directory, Map.of());
    DeployProgram.Result printed = program.run(script, all.toArray(String[]::new));
    assertThat(printed.exitCode()).as(printed.err()).isZero();
    DeployProgram.Result read =
        program.run(
            List.of(
                "bash",
                "-c",
                "eval \"words=($1)\"; printf '%s\\n' \"${words[@]}\"",
                "_",
                printed.out()));
    return new SubmitCommand(read.out().lines().toList());
  }

  /** Values of all settings {@code --conf key=value} of a key. */
  List<String> conf(String key) {
    return option("--conf").stream()
        .filter(setting -> setting.startsWith(key + "="))
        .map(setting -> setting.substring(key.length() + 1))
        .toList();
  }

  /** All settings {@code --conf key=value}, of which each key stands there once. */
  Map<String, String> settings() {
    return option("--conf").stream()
        .map(setting -> setting.split("=", 2))
        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
  }

  /** Values of all options of a name. */
  List<String> option(String name) {
    return IntStream.range(1, words.size())
        .filter(index -> words.get(index - 1).equals(name))
        .mapToObj(words::get)
        .toList();
  }

  /** Elements of the one option that is a list with commas. */
  List<String> list(String name) {
    return option(name).stream().flatMap(value -> Arrays.stream(value.split(","))).toList();
  }

  /** The application jar and the program's own words behind it. */
  List<String> application() {
    int jar =
        IntStream.range(0, words.size())
            .filter(index -> words.get(index).endsWith("modelzoo-app.jar"))
            .reduce((first, second) -> second)
            .orElseThrow();
    return words.subList(jar, words.size());
  }
}
