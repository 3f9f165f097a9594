package org.modelzoo.spark.farm;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.spark.progress.ProgressChannel;

/** Runs a unit on the executor: native threads first, then the work. */
final class UnitTask<R extends Serializable> implements Function<byte[], byte[]> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;

  UnitTask(Broadcast<SerializableConfiguration> hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public byte[] call(byte[] bytes) {
    Unit<R> unit = Wire.fromBytes(bytes);
    TaskContext task = TaskContext.get();
    NativeThreads.use(task.cpus());
    return Wire.toBytes(
        unit.run(
            new UnitContext() {
              @Override
              public Configuration hadoop() {
                return hadoop.value().value();
              }

              @Override
              public boolean cancelled() {
                return task.isInterrupted();
              }

              @Override
              public void report(Serializable progress) {
                ProgressChannel.send(progress);
              }
            }));
  }
}
