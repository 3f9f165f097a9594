package org.modelzoo.spark.tracker;

import java.util.Map;
import org.modelzoo.search.TrialState;
import org.nd4j.shade.protobuf.Value;

/**
 * Messages of TensorBoard's plugin HParams, a trial being one of its sessions; by the numbers in
 * its {@code plugin_data.proto}. Which parameters and objectives there are, it finds by itself.
 */
final class HParams {
  private static final String PLUGIN = "hparams";

  // HParamsPluginData, whose version is 0.
  private static final int SESSION_START_INFO = 3;
  private static final int SESSION_END_INFO = 4;

  // SessionStartInfo.
  private static final int PARAMETERS = 1;
  private static final int GROUP = 4;
  private static final int START = 5;

  // An entry of a map.
  private static final int KEY = 1;
  private static final int VALUE = 2;

  // SessionEndInfo.
  private static final int STATUS = 1;
  private static final int END = 2;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  private HParams() {}

  /** Adds the parameters of a trial that was started now. */
  static void addStart(EventFile file, String trial, Map<String, Object> parameters) {
    byte[] start =
        ProtoFields.of(
            out -> {
              for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
                byte[] entry =
                    ProtoFields.of(
                        fields -> {
                          fields.writeString(KEY, parameter.getKey());
                          fields.writeMessage(VALUE, value(parameter.getValue()));
                        });
                out.writeByteArray(PARAMETERS, entry);
              }
              out.writeString(GROUP, trial);
              out.writeDouble(START, now());
            });
    file.message(
        "_hparams_/session_start_info",
        PLUGIN,
        ProtoFields.of(out -> out.writeByteArray(SESSION_START_INFO, start)));
  }

  /** Adds that a trial ended now. */
  static void addEnd(EventFile file, TrialState state) {
    boolean success = state == TrialState.COMPLETED || state == TrialState.PRUNED;
    byte[] end =
        ProtoFields.of(
            out -> {
              out.writeEnum(STATUS, success ? SUCCESS : FAILURE);
              out.writeDouble(END, now());
            });
    file.message(
        "_hparams_/session_end_info",
        PLUGIN,
        ProtoFields.of(out -> out.writeByteArray(SESSION_END_INFO, end)));
  }

  private static Value value(Object value) {
    if (value instanceof Number number) {
      return Value.newBuilder().setNumberValue(number.doubleValue()).build();
    } else if (value instanceof Boolean flag) {
      return Value.newBuilder().setBoolValue(flag).build();
    }
    return Value.newBuilder().setStringValue(value.toString()).build();
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }
}
