package org.modelzoo.spark.progress;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Hands {@link RunMetrics} to Spark's metrics system, where they are named {@code
 * <namespace>.driver.plugin.org.modelzoo.spark.progress.MetricsPlugin.<name>}. A JVM has one Spark
 * context, hence the static.
 */
public final class MetricsPlugin implements SparkPlugin {
  private static volatile RunMetrics metrics;

  /** Those of the Spark context that starts next. */
  public static void use(RunMetrics next) {
    metrics = next;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public void registerMetrics(String application, PluginContext context) {
        if (metrics != null) {
          metrics.register(context.metricRegistry());
        }
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
  }
}
