package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code validate} of every task set in {@code conf/data}, with the defaults for all else. */
class DataPresetsTest {
  @ParameterizedTest
  @MethodSource("sets")
  void isPlannedWithoutItsData(Path set) {
    Console console =
        Console.run(
            new String[] {"validate"}, "--config", set.toString(), "--set", "data.directory=/d");

    assertThat(console.exitCode()).as(console.err()).isZero();
    String name = set.getFileName().toString().replace(".conf", "");
    assertThat(console.out()).containsPattern("data +" + name + ": \\d+ tasks of \\d+×\\d+×[13]");
  }

  static List<Path> sets() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "conf", "data"))) {
      return files.sorted().toList();
    }
  }
}
