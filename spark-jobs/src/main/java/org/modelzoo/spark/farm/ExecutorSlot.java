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
 * @param device for its networks
 */
public record ExecutorSlot(List<String> gpus, Device device) {

  /**
   * Takes the slot of a task.
   *
   * @throws ModelZooException (cluster) if this executor can't compute on what it was given
   */
  public static ExecutorSlot take(TaskContext task) {
    Optional<LocalCards> local = LocalCards.of(SparkEnv.get().conf());
    List<String> gpus = local.map(cards -> cards.take(task)).orElseGet(() -> gpus(task));
    Optional<String> problem =
        gpus.isEmpty() || local.isPresent() ? Optional.empty() : ExecutorDevices.problem();
    if (problem.isPresent()) {
      throw new ModelZooException(ErrorKind.CLUSTER, problem.get());
    }
    NativeBackends.require();
    NativeThreads.use(task.cpus());
    return new ExecutorSlot(
        gpus,
        gpus.isEmpty()
            ? Device.processor(task.cpus())
            : new Device(number(gpus.get(0), local), task.cpus()));
  }

  /** The number of the first card of a task: a network computes on one. */
  private static int number(String address, Optional<LocalCards> local) {
    List<String> all = local.map(LocalCards::addresses).orElseGet(ExecutorDevices::addresses);
    return CardNumber.of(address, all, local.isPresent() ? all.size() : Engines.ofCards().cards());
  }

  private static List<String> gpus(TaskContext task) {
    ResourceInformation given = task.resourcesJMap().get(UnitTask.GPU);
    return given == null ? List.of() : List.of(given.addresses());
  }
}
