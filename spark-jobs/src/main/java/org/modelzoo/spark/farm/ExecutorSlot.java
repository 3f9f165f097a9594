package org.modelzoo.spark.farm;

import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.NativeBackends;
import org.modelzoo.network.NativeThreads;

/**
 * What Spark gave to a task on an executor: its graphics cards, bound to the task's thread, and its
 * native threads. Taken first thing in every task that computes, on the task's own thread, and
 * given back by closing it there.
 */
public final class ExecutorSlot implements AutoCloseable {
  private final List<String> gpus;
  private final DeviceBinding binding;

  private ExecutorSlot(List<String> gpus, DeviceBinding binding) {
    this.gpus = gpus;
    this.binding = binding;
  }

  /**
   * Takes the slot of a task.
   *
   * @throws ModelZooException (cluster) if this executor can't compute on what it was given
   */
  public static ExecutorSlot take(TaskContext task) {
    List<String> gpus = gpus(task);
    Optional<String> problem = gpus.isEmpty() ? Optional.empty() : ExecutorDevices.problem();
    if (problem.isPresent()) {
      throw new ModelZooException(ErrorKind.CLUSTER, problem.get());
    }
    NativeBackends.require();
    DeviceBinding binding = DeviceBinding.of(gpus, ExecutorDevices.addresses());
    NativeThreads.use(task.cpus());
    return new ExecutorSlot(gpus, binding);
  }

  private static List<String> gpus(TaskContext task) {
    ResourceInformation given = task.resourcesJMap().get(UnitTask.GPU);
    return given == null ? List.of() : List.of(given.addresses());
  }

  /** Addresses of the graphics cards; empty where none were asked. */
  public List<String> gpus() {
    return gpus;
  }

  @Override
  public void close() {
    binding.close();
  }
}
