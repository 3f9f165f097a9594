package org.modelzoo.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A SPARK_HOME as users bring it: the build's jars of Spark, others, and {@code spark-submit}. */
final class SparkDistribution {
  /** What Spark's own does: one JVM makes the command of another. */
  private static final List<String> SUBMIT =
      List.of(
          "#!/usr/bin/env bash",
          "set -euo pipefail",
          "export SPARK_HOME=$(cd \"$(dirname \"$0\")/..\" && pwd) SPARK_SCALA_VERSION=2.12",
          "command=()",
          "while IFS= read -r -d '' word; do",
          "  command+=(\"${word#$'\\n'}\")",
          "done < <(\"$JAVA_HOME/bin/java\" -Xmx128m -cp \"$SPARK_HOME/jars/*\" \\",
          "  org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit \"$@\")",
          "exec \"${command[@]:1}\"");

  private SparkDistribution() {}

  /** Makes one in an empty directory; it lives as long as the jars that it links to. */
  static void write(Path home, Path moreJars) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path origin : List.of(Launcher.sparkHome().resolve("jars"), moreJars)) {
      try (Stream<Path> files = Files.list(origin)) {
        for (Path file : files.toList()) {
          Files.createSymbolicLink(jars.resolve(file.getFileName()), file);
        }
      }
    }
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.write(submit, SUBMIT);
    if (!submit.toFile().setExecutable(true)) {
      throw new IOException("not executable: " + submit);
    }
  }
}
