package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every package says what it holds, what it may use, and where it runs. */
class PackageInfoTest {
  private static final Path INFO = Path.of("package-info.java");

  @ParameterizedTest
  @ValueSource(strings = {"../common", "."})
  void everyPackageHasOne(String module) throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of(module, "src/main/java"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(sources).isNotEmpty();
    Set<Path> packages = sources.stream().map(Path::getParent).collect(Collectors.toSet());
    Set<Path> described =
        sources.stream()
            .filter(file -> file.getFileName().equals(INFO))
            .map(Path::getParent)
            .collect(Collectors.toSet());
    assertThat(described).containsExactlyInAnyOrderElementsOf(packages);
    for (Path directory : described) {
      String text = Files.readString(directory.resolve(INFO)).replaceAll("\\s+\\*?\\s*", " ");
      assertThat(text)
          .as(directory.toString())
          .containsPattern("Uses no|May use")
          .contains("Runs ");
    }
  }
}
