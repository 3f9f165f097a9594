package org.modelzoo.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.modelzoo.store.Checksum;

/** The networks of a run directory, to the bit. */
final class ModelFilesOf {
  private ModelFilesOf() {}

  /**
   * Archive and entry to the checksum of its content: the archives themselves hold the time at
   * which they were written.
   */
  static SortedMap<String, String> parameters(Path run) throws IOException {
    SortedMap<String, String> parameters = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(path -> path.endsWith("model.zip")).toList()) {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
          for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            parameters.put(
                run.relativize(file) + "!" + entry.getName(), Checksum.of(zip.readAllBytes()));
          }
        }
      }
    }
    return parameters;
  }
}
