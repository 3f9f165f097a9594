package org.modelzoo.spark.progress;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Carries progress from executors to the driver while units run, over Spark's own plugin messages.
 * Messages may be lost; nothing waits for them. A JVM has one Spark context, hence the statics.
 */
public final class ProgressChannel implements SparkPlugin {
  private static final List<BiConsumer<String, Serializable>> RECEIVERS =
      new CopyOnWriteArrayList<>();
  private static volatile PluginContext executor;

  /** Executor: sends word about a unit. */
  public static void send(String unit, Serializable progress) {
    PluginContext context = executor;
    if (context == null) {
      return;
    }
    try {
      context.send(new Message(unit, progress));
    } catch (Exception e) {
      // The driver may be gone or busy: progress is only for watching.
    }
  }

  /** Driver: hears of every unit from now on, until the result is closed. */
  public static AutoCloseable receive(BiConsumer<String, Serializable> receiver) {
    RECEIVERS.add(receiver);
    return () -> RECEIVERS.remove(receiver);
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Object receive(Object message) {
        if (message instanceof Message progress) {
          RECEIVERS.forEach(receiver -> receiver.accept(progress.unit(), progress.content()));
        }
        return null;
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extraConf) {
        executor = context;
      }

      @Override
      public void shutdown() {
        executor = null;
      }
    };
  }

  private record Message(String unit, Serializable content) implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
