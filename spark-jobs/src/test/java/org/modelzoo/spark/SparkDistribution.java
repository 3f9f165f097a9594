package org.modelzoo.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stand-in for a distribution of Spark: the build's Spark with further jars, and a {@code
 * bin/spark-submit} that starts what Spark's own would start.
 */
final class SparkDistribution {
  private final Path home;

  private SparkDistribution(Path home) {
    this.home = home;
  }

  /** Lays a distribution into a new directory, whose jars are links. */
  static SparkDistribution lay(Path home, Path... moreJars) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path directory :
        Stream.concat(Stream.of(jarsOfTheBuild()), Stream.of(moreJars)).toList()) {
      try (Stream<Path> found = Files.list(directory)) {
        for (Path jar : found.toList()) {
          Path link = jars.resolve(jar.getFileName().toString());
          if (!Files.exists(link)) {
            Files.createSymbolicLink(link, jar);
          }
        }
      }
    }
    write(
        home.resolve("bin/spark-submit"),
        "#!/usr/bin/env bash",
        "# Spark's launcher prints a zero byte and a line feed, then the words of the command.",
        "set -euo pipefail",
        "export SPARK_SCALA_VERSION=2.12",
        "SPARK_HOME=$(cd \"$(dirname \"$0\")/..\" && pwd)",
        "export SPARK_HOME",
        "command=()",
        "while IFS= read -r -d '' word; do",
        "  command+=(\"${word#$'\\n'}\")",
        "done < <(\"$JAVA_HOME/bin/java\" -Xmx128m -cp \"$SPARK_HOME/jars/*\" \\",
        "  org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit \"$@\" || true)",
        "[ ${#command[@]} -gt 1 ] || exit 1",
        "exec \"${command[@]:1}\"");
    return new SparkDistribution(home);
  }

  private static Path jarsOfTheBuild() {
    return Launcher.sparkHome().resolve("jars");
  }

  private static void write(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("can't make " + file + " a program");
    }
  }

  /** A SPARK_HOME. */
  Path home() {
    return home;
  }
}
