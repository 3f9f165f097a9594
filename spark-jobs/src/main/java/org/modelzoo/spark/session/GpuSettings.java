package org.modelzoo.spark.session;

import java.math.BigDecimal;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.Engines;
import org.modelzoo.spark.farm.ExecutorDevices;
import org.modelzoo.spark.farm.LocalCards;

/** Spark's settings for members that train on graphics cards. */
final class GpuSettings {
  private static final String OF_TASK = "spark.task.resource.gpu.amount";
  private static final String OF_EXECUTOR = "spark.executor.resource.gpu.amount";

  private GpuSettings() {}

  /**
   * Adds them where cards are asked for, by the configuration or by Spark's own options, which win.
   *
   * @param gpusPerMember 0 for none
   * @throws ModelZooException (cluster) with a local master whose process sees too few cards
   */
  static void add(SparkConf conf, double gpusPerMember) {
    add(conf, gpusPerMember, () -> Engines.ofCards().cards());
  }

  /**
   * @param visible cards that this process sees
   */
  static void add(SparkConf conf, double gpusPerMember, IntSupplier visible) {
    if (gpusPerMember > 0) {
      conf.setIfMissing(
          OF_TASK, BigDecimal.valueOf(gpusPerMember).stripTrailingZeros().toPlainString());
    }
    double ofTask = amount(conf);
    if (ofTask == 0) {
      return;
    }
    if (SparkApplication.isLocal(conf)) {
      addLocally(conf, ofTask, visible.getAsInt());
      return;
    }
    // One card a process unless a member wants more: ND4J's state is process-wide.
    conf.setIfMissing(OF_EXECUTOR, Integer.toString((int) Math.ceil(ofTask)));
    // CUDA counts cards from the fastest on; Spark's discovery scripts count as nvidia-smi does.
    conf.setIfMissing("spark.executorEnv.CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    SparkApplication.addPlugin(conf, ExecutorDevices.class);
  }

  /** Spark hands out none in local mode, where its jobs would wait for them for ever. */
  private static void addLocally(SparkConf conf, double ofTask, int visible) {
    if (visible < ofTask) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "a member takes %s graphics cards (cluster.gpus-per-member, %s), and with master %s this process sees %d; see that nvidia-smi lists the card, that CUDA_VISIBLE_DEVICES doesn't hide it and that the jars of mvn -Pgpu package lie beside the program, give the master of a cluster, or set cluster.gpus-per-member = 0"
              .formatted(conf.get(OF_TASK), OF_TASK, conf.get("spark.master"), visible));
    }
    conf.remove(OF_TASK);
    conf.remove(OF_EXECUTOR);
    LocalCards.add(conf, visible, ofTask);
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
