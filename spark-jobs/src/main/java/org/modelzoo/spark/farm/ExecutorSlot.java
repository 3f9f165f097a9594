package org.modelzoo.spark.farm;

import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engines;
import org.modelzoo.network.NativeBackends;
import org.modelzoo.network.NativeThreads;

/**
 * What Spark gave to a task on an executor; in local mode {@link LocalCards} give the cards. Taken
 * first thing in every task that computes, on the task's own thread.
 *
 * @param gpus addresses of its graphics cards; empty where none were asked
 * @param threads of its computation on processors
 */
public record ExecutorSlot(List<String> gpus, int threads) {

  /**
   * Takes the slot of a task.
   *
   * @throws ModelZooException (cluster) if this executor can't compute on what it was given
   */
  public static ExecutorSlot take(TaskContext task) {
    Optional<LocalCards> local = localCards();
    List<String> gpus = local.map(cards -> cards.take(task)).orElseGet(() -> gpus(task));
    Optional<String> problem =
        gpus.isEmpty() || local.isPresent() ? Optional.empty() : ExecutorDevices.problem();
    if (problem.isPresent()) {
      throw new ModelZooException(ErrorKind.CLUSTER, problem.get());
    }
    NativeBackends.require();
    NativeThreads.use(task.cpus());
    return new ExecutorSlot(gpus, task.cpus());
  }

  /**
   * What its networks compute on: the first card, or the processor.
   *
   * @throws ModelZooException (cluster) if this process does not see the card
   */
  public Device device() {
    return gpus.isEmpty() ? Device.processor(threads) : new Device(number(gpus.get(0)), threads);
  }

  private static int number(String address) {
    return localCards()
        .map(local -> CardNumber.of(address, local.addresses(), local.addresses().size()))
        .orElseGet(
            () -> CardNumber.of(address, ExecutorDevices.addresses(), Engines.ofCards().cards()));
  }

  private static Optional<LocalCards> localCards() {
    return LocalCards.of(SparkEnv.get().conf());
  }

  private static List<String> gpus(TaskContext task) {
    ResourceInformation given = task.resourcesJMap().get(UnitTask.GPU);
    return given == null ? List.of() : List.of(given.addresses());
  }
}
