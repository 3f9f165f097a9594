package org.modelzoo.spark.farm;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Says why no unit runs, and what to look at. Runs on the driver. */
final class ClusterState {
  private ClusterState() {}

  /**
   * One clause for a message.
   *
   * @param units what holds a slot although it was ended
   */
  static String of(JavaSparkContext spark, List<RunningUnit> units) {
    if (!units.isEmpty()) {
      return "slots are held by members that were ended and do not stop (%s)%s"
          .formatted(
              units.stream()
                  .map(unit -> unit.group() + " on " + unit.place())
                  .collect(Collectors.joining("; ")),
              spark.isLocal()
                  ? "; in local mode only the end of the program frees them"
                  : "; with spark.task.reaper.enabled and spark.task.reaper.killTimeout their executors are ended");
    }
    SparkConf conf = spark.getConf();
    int executors = spark.sc().getExecutorMemoryStatus().size() - 1; // The driver counts itself.
    String wants =
        "%s cores, %s memory%s"
            .formatted(
                conf.get("spark.task.cpus", "1"),
                conf.get("spark.executor.memory", "1g"),
                conf.contains("spark.task.resource.gpu.amount")
                    ? ", " + conf.get("spark.task.resource.gpu.amount") + " cards"
                    : "");
    return executors <= 0
        ? "there is no executor; check that %s".formatted(roomFor(wants, spark.master()))
        : "the %d executors have no free slot; check that one has %s for a member (spark.executor.cores, spark.task.cpus)"
            .formatted(executors, wants);
  }

  private static String roomFor(String wants, String master) {
    if (master.startsWith("k8s://")) {
      return "the nodes of %s have %s free for its pod; kubectl describe pod says why one is Pending"
          .formatted(master, wants);
    }
    if (master.equals("yarn")) {
      return "the queue has %s free for its container; yarn application -status says what it waits for"
          .formatted(wants);
    }
    return "the workers of %s are up, and that one has %s free for it".formatted(master, wants);
  }
}
