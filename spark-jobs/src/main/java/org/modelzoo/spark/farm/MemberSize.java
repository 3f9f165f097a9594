package org.modelzoo.spark.farm;

import java.math.BigDecimal;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.modelzoo.config.ClusterConfig;

/**
 * What a member takes of its executor.
 *
 * @param threads its native threads, a core each
 * @param gpus its GPUs, or its share of one; 0 for none
 */
public record MemberSize(int threads, double gpus) {
  private static final String CORES_OF_TASK = "spark.task.cpus";
  private static final String GPUS_OF_TASK = "spark.task.resource.gpu.amount";

  /** The one that a configuration asks for. */
  public static MemberSize of(ClusterConfig cluster) {
    return new MemberSize(cluster.threadsPerMember(), cluster.gpusPerMember());
  }

  /** That of all tasks for which nothing else is said. */
  static MemberSize of(SparkConf conf) {
    return new MemberSize(conf.getInt(CORES_OF_TASK, 1), conf.getDouble(GPUS_OF_TASK, 0));
  }

  /** Tasks of this size on the executors that there are. */
  ResourceProfile profile() {
    TaskResourceRequests task = new TaskResourceRequests().cpus(threads);
    if (gpus > 0) {
      task.resource(UnitTask.GPU, gpus);
    }
    return new ResourceProfileBuilder().require(task).build();
  }

  /** For a message, as in "2 threads and 0.5 GPUs". */
  @Override
  public String toString() {
    String ofGpus =
        gpus == 0
            ? "no GPU"
            : gpus == 1
                ? "1 GPU"
                : BigDecimal.valueOf(gpus).stripTrailingZeros().toPlainString() + " GPUs";
    return (threads == 1 ? "1 thread" : threads + " threads") + " and " + ofGpus;
  }
}
