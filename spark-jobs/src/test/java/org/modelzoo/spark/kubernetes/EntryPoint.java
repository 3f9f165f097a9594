package org.modelzoo.spark.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A stand-in for the entry point of Spark's images: how a driver and an executor are started. */
final class EntryPoint {
  private static final List<String> LINES =
      List.of(
          "#!/usr/bin/env bash",
          "set -euo pipefail",
          "role=$1",
          "shift",
          "if [ \"$role\" = driver ]; then",
          "  exec \"$SPARK_HOME/bin/spark-submit\" --deploy-mode client \\",
          "    --conf \"spark.driver.bindAddress=$SPARK_DRIVER_BIND_ADDRESS\" \"$@\"",
          "fi",
          "options=()",
          "for name in \"${!SPARK_JAVA_OPT_@}\"; do options+=(\"${!name}\"); done",
          "exec \"$JAVA_HOME/bin/java\" \"${options[@]}\" \\",
          "  \"-Xms$SPARK_EXECUTOR_MEMORY\" \"-Xmx$SPARK_EXECUTOR_MEMORY\" \\",
          "  -cp \"$SPARK_CONF_DIR:${SPARK_CLASSPATH:-}:$SPARK_HOME/jars/*\" \\",
          "  org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend \\",
          "  --driver-url \"$SPARK_DRIVER_URL\" --executor-id \"$SPARK_EXECUTOR_ID\" \\",
          "  --cores \"$SPARK_EXECUTOR_CORES\" --app-id \"$SPARK_APPLICATION_ID\" \\",
          "  --hostname \"$SPARK_EXECUTOR_POD_IP\" --podName \"$SPARK_EXECUTOR_POD_NAME\" \\",
          "  --resourceProfileId \"$SPARK_RESOURCE_PROFILE_ID\"");

  private EntryPoint() {}

  /** Writes it. */
  static Path write(Path file) throws IOException {
    Files.write(file, LINES);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("not executable: " + file);
    }
    return file;
  }
}
