package org.modelzoo.spark.farm;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.spark.progress.ProgressChannel;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * Runs a unit on the executor: native threads first, then the work.
 *
 * <p>A class of its own in Scala's terms, not a lambda: before every job Spark reads the byte code
 * of lambdas, and of all they call, to find out what they drag along, and that took longer than all
 * the rest of a job.
 */
final class UnitTask<R extends Serializable>
    extends AbstractFunction2<TaskContext, Iterator<byte[]>, byte[]> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;

  UnitTask(Broadcast<SerializableConfiguration> hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public byte[] apply(TaskContext task, Iterator<byte[]> only) {
    Unit<R> unit = Wire.fromBytes(only.next());
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
