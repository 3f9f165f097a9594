package org.modelzoo.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stand-in for a distribution of Spark: the build's Spark with further jars, a {@code
 * bin/spark-submit} that starts what Spark's own would start, and an entry point of images.
 */
final class SparkDistribution {
  private final Path home;

  private SparkDistribution(Path home) {
    this.home = home;
  }

  /** Lays a distribution into a new directory, whose jars are links. */
  static SparkDistribution lay(Path home, Path... moreJars) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path directory : Stream.concat(Stream.of(jarsOfTheBuild()), Stream.of(moreJars)).toList()) {
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
    write(
        home.resolve("entrypoint.sh"),
        "#!/usr/bin/env bash",
        "# What the entry point of Spark's images starts for a driver and for an executor.",
        "set -euo pipefail",
        "role=$1",
        "shift",
        "case \"$role\" in",
        "  driver)",
        "    exec \"$SPARK_HOME/bin/spark-submit\" --deploy-mode client \\",
        "      --conf \"spark.driver.bindAddress=$SPARK_DRIVER_BIND_ADDRESS\" \"$@\"",
        "    ;;",
        "  executor)",
        "    options=()",
        "    for name in \"${!SPARK_JAVA_OPT_@}\"; do options+=(\"${!name}\"); done",
        "    exec \"$JAVA_HOME/bin/java\" \"${options[@]}\" \\",
        "      \"-Xms$SPARK_EXECUTOR_MEMORY\" \"-Xmx$SPARK_EXECUTOR_MEMORY\" \\",
        "      -cp \"$SPARK_CONF_DIR:${SPARK_CLASSPATH:-}:$SPARK_HOME/jars/*\" \\",
        "      org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend \\",
        "      --driver-url \"$SPARK_DRIVER_URL\" --executor-id \"$SPARK_EXECUTOR_ID\" \\",
        "      --cores \"$SPARK_EXECUTOR_CORES\" --app-id \"$SPARK_APPLICATION_ID\" \\",
        "      --hostname \"$SPARK_EXECUTOR_POD_IP\" --podName \"$SPARK_EXECUTOR_POD_NAME\" \\",
        "      --resourceProfileId \"$SPARK_RESOURCE_PROFILE_ID\"",
        "    ;;",
        "  *) exit 2 ;;",
        "esac");
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

  /** What images start by. */
  Path entryPoint() {
    return home.resolve("entrypoint.sh");
  }
}
