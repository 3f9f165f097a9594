package org.modelzoo.spark.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What deploy/standalone/README.md tells to write into a cluster's properties. */
final class StandaloneReadme {
  private StandaloneReadme() {}

  /** Lines of the file. */
  static List<String> properties(String secret) throws IOException {
    return Files.readAllLines(DeployProgram.DEPLOY.resolve("standalone/README.md")).stream()
        .filter(line -> line.startsWith("spark."))
        .map(line -> line.replace("…", secret))
        .toList();
  }
}
