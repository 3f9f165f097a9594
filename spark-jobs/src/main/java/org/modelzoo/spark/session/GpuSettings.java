package org.modelzoo.spark.session;

import java.math.BigDecimal;
import org.apache.spark.SparkConf;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.farm.ExecutorDevices;

/** Spark's settings for members that train on graphics cards. */
final class GpuSettings {
  private static final String OF_TASK = "spark.task.resource.gpu.amount";
  private static final String OF_EXECUTOR = "spark.executor.resource.gpu.amount";

  private GpuSettings() {}

  /**
   * Adds them where cards are asked for, by the configuration or by Spark's own options, which win.
   *
   * @param gpusPerMember 0 for none
   * @throws ModelZooException (cluster) with a local master, whose jobs would wait for ever
   */
  static void add(SparkConf conf, double gpusPerMember) {
    if (gpusPerMember > 0) {
      conf.setIfMissing(
          OF_TASK, BigDecimal.valueOf(gpusPerMember).stripTrailingZeros().toPlainString());
    }
    double ofTask = amount(conf);
    if (ofTask == 0) {
      return;
    }
    if (SparkApplication.isLocal(conf)) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "a member takes %s graphics cards (cluster.gpus-per-member, %s), and Spark hands out none with master %s; give a standalone, YARN or Kubernetes master, or set cluster.gpus-per-member = 0"
              .formatted(conf.get(OF_TASK), OF_TASK, conf.get("spark.master")));
    }
    // One card a process unless a member wants more: ND4J's state is process-wide.
    conf.setIfMissing(OF_EXECUTOR, Integer.toString((int) Math.ceil(ofTask)));
    // CUDA counts cards from the fastest on; Spark's discovery scripts count as nvidia-smi does.
    conf.setIfMissing("spark.executorEnv.CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    SparkApplication.addPlugin(conf, ExecutorDevices.class);
  }

  private static double amount(SparkConf conf) {
    String text = conf.get(OF_TASK, "0");
    try {
      return new BigDecimal(text).doubleValue();
    } catch (NumberFormatException e) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION, OF_TASK + " is \"" + text + "\", and must be a number", e);
    }
  }
}
