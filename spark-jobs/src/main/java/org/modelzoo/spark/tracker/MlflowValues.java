package org.modelzoo.spark.tracker;

import java.util.List;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunTag;
import org.modelzoo.base.Secrets;

/** What is logged, within the bounds of all servers that take artifacts themselves. */
final class MlflowValues {
  private static final int LONGEST_KEY = 250;
  private static final int LONGEST_PARAM = 500;
  private static final int LONGEST_TAG = 5000;

  private MlflowValues() {}

  /** Adds a metric, unless it is no number. */
  static void add(List<Metric> metrics, String key, double value, long step) {
    if (Double.isFinite(value)) {
      metrics.add(
          Metric.newBuilder()
              .setKey(key(key))
              .setValue(value)
              .setTimestamp(System.currentTimeMillis())
              .setStep(step)
              .build());
    }
  }

  static Param param(String key, String value) {
    return Param.newBuilder().setKey(key(key)).setValue(text(value, LONGEST_PARAM)).build();
  }

  static RunTag tag(String key, String value) {
    return RunTag.newBuilder().setKey(key).setValue(text(value, LONGEST_TAG)).build();
  }

  /** The key of a task's metric; a name that looked like a path would be taken for one. */
  static String ofTask(String metric, String task) {
    return metric + "/" + task.replace('/', '_').replaceFirst("^\\.", "_");
  }

  private static String key(String key) {
    return cut(key.replaceAll("[^\\p{L}\\p{N}_./ -]", "_"), LONGEST_KEY);
  }

  private static String text(String value, int longest) {
    return cut(Secrets.hiddenIn(cut(value, longest)), longest);
  }

  private static String cut(String text, int longest) {
    return text.substring(0, Math.min(longest, text.length()));
  }
}
