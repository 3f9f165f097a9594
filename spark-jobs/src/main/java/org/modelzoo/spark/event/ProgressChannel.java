package org.modelzoo.spark.event;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Carries progress from executors to the driver while units run, over Spark's own plugin messages.
 * Messages may be lost; nothing waits for them. A JVM has one Spark context, hence the statics.
 */
public final class ProgressChannel implements SparkPlugin {
  private static final List<Consumer<Object>> RECEIVERS = new CopyOnWriteArrayList<>();
  private static volatile PluginContext executor;

  /** Executor: sends word to the driver. */
  public static void send(Serializable progress) {
    PluginContext context = executor;
    if (context == null) {
      return;
    }
    try {
      context.send(progress);
    } catch (Exception e) {
      // The driver may be gone or busy: progress is only for watching.
    }
  }

  /** Executor: as {@link #send}, but returns only when the driver has heard, or can't. */
  public static void deliver(Serializable message) {
    PluginContext context = executor;
    if (context == null) {
      return;
    }
    try {
      context.ask(message);
    } catch (Exception e) {
      // As above: what must not be lost takes another way.
    }
  }

  /** Driver: hears all that is sent from now on, until the subscription is closed. */
  public static Subscription receive(Consumer<Object> receiver) {
    RECEIVERS.add(receiver);
    return () -> RECEIVERS.remove(receiver);
  }

  /** Ends when it is closed. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Object receive(Object message) {
        RECEIVERS.forEach(receiver -> receiver.accept(message));
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
}
