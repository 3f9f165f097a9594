package org.modelzoo.spark.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A line of the list of what the application jar holds.
 *
 * @param name coordinates of Maven, {@code group:artifact}, or a name of what has none
 * @param version empty where nobody tells it
 * @param texts of its licence: files of META-INF/licenses, or the jar's own LICENSE
 * @param files beginnings of the names of its files in the jar; none where they can't be told apart
 */
record JarPart(
    String name, String version, String licence, List<String> texts, List<String> files) {
  static final Path LICENCES = Path.of("src/main/resources/META-INF/licenses");

  static List<JarPart> all() throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).build();
    try (CSVParser lines = CSVParser.parse(LICENCES.resolve("contents.csv"), UTF_8, format)) {
      return lines.stream().map(JarPart::of).toList();
    }
  }

  private static JarPart of(CSVRecord line) {
    return new JarPart(
        line.get("part"),
        line.get("version"),
        line.get("licence"),
        list(line.get("texts")),
        list(line.get("files")));
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(";")).filter(item -> !item.isEmpty()).toList();
  }

  String coordinates() {
    return name + ":" + version;
  }

  boolean holds(String file) {
    return files.stream().anyMatch(file::startsWith);
  }

  /**
   * Its jars in the local repository, one for each platform beside the plain one, if it has any.
   */
  List<Path> jars(List<Path> classPath) {
    String artifact = name.substring(name.indexOf(':') + 1);
    Path directory = Path.of(artifact, version);
    return name.contains(":") && !version.isEmpty()
        ? classPath.stream().filter(jar -> jar.getParent().endsWith(directory)).toList()
        : List.of();
  }

  /** A text of its licence as it stands in the repository. */
  static byte[] text(String file) {
    Path path = file.equals("LICENSE") ? Path.of("../LICENSE") : LICENCES.resolve(file);
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
