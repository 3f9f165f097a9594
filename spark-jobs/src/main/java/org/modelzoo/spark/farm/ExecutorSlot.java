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
    NativeBackends.require();
    NativeThreads.use(task.cpus());
    Optional<LocalCards> local = LocalCards.of(SparkEnv.get().conf());
    if (local.isPresent()) {
      List<String> all = local.get().addresses();
      List<String> given = local.get().take(task);
      return new ExecutorSlot(given, card(given, all, all.size(), task));
    }
    List<String> gpus = gpus(task);
    Optional<String> problem = gpus.isEmpty() ? Optional.empty() : ExecutorDevices.problem();
    if (problem.isPresent()) {
      throw new ModelZooException(ErrorKind.CLUSTER, problem.get());
    }
    return new ExecutorSlot(
        gpus,
        gpus.isEmpty()
            ? Device.processor(task.cpus())
            : card(gpus, ExecutorDevices.addresses(), Engines.cards(), task));
  }

  /** The first card of a task: a network computes on one. */
  private static Device card(
      List<String> given, List<String> ofExecutor, int visible, TaskContext task) {
    return new Device(CardNumber.of(given.get(0), ofExecutor, visible), task.cpus());
  }

  private static List<String> gpus(TaskContext task) {
    ResourceInformation given = task.resourcesJMap().get(UnitTask.GPU);
    return given == null ? List.of() : List.of(given.addresses());
  }
}
