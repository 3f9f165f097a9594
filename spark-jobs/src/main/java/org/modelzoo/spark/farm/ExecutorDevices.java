package org.modelzoo.spark.farm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.Utils;
import org.modelzoo.spark.event.ProgressChannel;
import org.modelzoo.spark.event.RunEvent;

/**
 * The graphics cards that Spark gave to this executor: looked at once when it starts, and reported
 * to the driver. Does nothing where no cards are asked for. An executor is a process of its own,
 * hence the statics. Must stand behind {@link ProgressChannel} among Spark's plugins.
 */
public final class ExecutorDevices implements SparkPlugin {
  private static volatile List<String> addresses = List.of();
  private static volatile FutureTask<DeviceReport> report;

  /** Addresses of all cards of this executor, as Spark names them. */
  static List<String> addresses() {
    return addresses;
  }

  /** Why no member may train here, if so; waits until that is known, after the driver has heard. */
  static Optional<String> problem() {
    FutureTask<DeviceReport> known = report;
    if (known == null) {
      return Optional.empty();
    }
    try {
      return known.get().problem();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking at the graphics cards", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extraConf) {
        ResourceInformation cards = context.resources().get(UnitTask.GPU);
        if (cards != null) {
          start(context, List.of(cards.addresses()));
        }
      }
    };
  }

  /** In the background: Spark waits for plugins, and the native library takes seconds. */
  private static void start(PluginContext context, List<String> given) {
    addresses = given;
    FutureTask<DeviceReport> task =
        new FutureTask<>(
            () -> {
              DeviceReport found = DeviceReport.here(given, new NvidiaSmi("nvidia-smi"));
              ProgressChannel.deliver(
                  new RunEvent.ExecutorReported(
                      // The context's own host name fails on executors.
                      context.executorID(), Utils.localHostName(), found.description()));
              return found;
            });
    report = task;
    Thread thread = new Thread(task, "executor-devices");
    thread.setDaemon(true);
    thread.start();
  }
}
