package org.modelzoo.spark.farm;

import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.Utils;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.Device;
import org.modelzoo.network.PoisonedDeviceException;
import org.modelzoo.spark.event.Place;
import org.modelzoo.spark.event.ProgressChannel;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * Runs a unit on the executor: its card and native threads first, then the work.
 *
 * <p>A class of its own in Scala's terms, not a lambda: before every job Spark reads the byte code
 * of lambdas, and of all they call, to find out what they drag along, and that took longer than all
 * the rest of a job.
 */
final class UnitTask<R extends Serializable>
    extends AbstractFunction2<TaskContext, Iterator<Integer>, byte[]> implements Serializable {
  /** Spark's name for graphics cards as a resource. */
  static final String GPU = "gpu";

  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final byte[] unit;

  UnitTask(Broadcast<SerializableConfiguration> hadoop, byte[] unit) {
    this.hadoop = hadoop;
    this.unit = unit;
  }

  @Override
  public byte[] apply(TaskContext task, Iterator<Integer> nothing) {
    long startedNanos = System.nanoTime();
    ExecutorSlot slot;
    try {
      slot = ExecutorSlot.take(task);
    } catch (ModelZooException e) {
      return refused(e.getMessage());
    }
    Decommission decommission = new Decommission();
    R result;
    try {
      result = Wire.<Unit<R>>fromBytes(unit).run(context(task, slot, decommission));
    } catch (PoisonedDeviceException e) {
      return Wire.toBytes(new Refusal(LostDevice.of(e).getMessage()));
    }
    if (decommission.wasNoticed()) {
      return Wire.toBytes(new HandedBack(executor()));
    }
    return Wire.toBytes(new UnitAnswer(result, (System.nanoTime() - startedNanos) / 1e9));
  }

  private static byte[] refused(String problem) {
    return Wire.toBytes(
        new Refusal("executor %s: %s".formatted(SparkEnv.get().executorId(), problem)));
  }

  private static Place place(List<String> gpus) {
    String executor = SparkEnv.get().executorId();
    return new Place(
        executor.equals(LostDevice.LOCAL_EXECUTOR)
            ? "here"
            : "executor %s on %s".formatted(executor, Utils.localHostName()),
        gpus.isEmpty() ? "cpu" : "gpu " + String.join(", ", gpus));
  }

  /** For people. */
  private static String executor() {
    String id = SparkEnv.get().executorId();
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    return id.equals(LostDevice.LOCAL_EXECUTOR)
        ? "local on " + host
        : "executor %s on %s".formatted(id, host);
  }

  private UnitContext context(TaskContext task, ExecutorSlot slot, Decommission decommission) {
    Place place = place(slot.gpus());
    return new UnitContext() {
      @Override
      public Configuration hadoop() {
        return hadoop.value().value();
      }

      @Override
      public String executor() {
        return UnitTask.executor();
      }

      @Override
      public List<String> gpus() {
        return slot.gpus();
      }

      @Override
      public Device device() {
        return slot.device();
      }

      @Override
      public Place place() {
        return place;
      }

      @Override
      public boolean cancelled() {
        return task.isInterrupted();
      }

      @Override
      public boolean leaving() {
        return decommission.hasBegun();
      }

      @Override
      public void report(Serializable progress) {
        ProgressChannel.send(progress);
      }
    };
  }
}
