package org.modelzoo.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files under {@code conf}, for tests that can set no environment variable. */
final class PresetFiles {
  private static final Path PRESETS = Path.of("..", "conf");

  private PresetFiles() {}

  /**
   * Copies all of them, with something else in the place of {@code ${MODELZOO_DATA}}.
   *
   * @param data as written in a configuration file
   * @return the copy of {@code conf}
   */
  static Path withData(String data, Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(PRESETS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve(PRESETS.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, Files.readString(file).replace("${MODELZOO_DATA}", data));
      }
    }
    return directory;
  }
}
