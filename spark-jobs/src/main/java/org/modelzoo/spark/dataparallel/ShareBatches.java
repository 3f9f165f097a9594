package org.modelzoo.spark.dataparallel;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.modelzoo.data.BatchStream;
import org.modelzoo.network.Device;
import org.modelzoo.spark.farm.ExecutorSlot;
import org.modelzoo.training.AveragingPeriod;
import org.modelzoo.training.MemberImages;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.SharedSchedule;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Makes a worker's batches of a period where the worker trains: reads the images there, or takes
 * those that the JVM has, and shuffles and augments them. Only plan and seeds come from the driver.
 */
final class ShareBatches implements FlatMapFunction<Iterator<Integer>, MultiDataSet> {
  private static final long serialVersionUID = 1L;

  private final MemberPlan plan;
  private final AveragingPeriod period;
  private final Broadcast<SerializableConfiguration> hadoop;

  ShareBatches(
      MemberPlan plan, AveragingPeriod period, Broadcast<SerializableConfiguration> hadoop) {
    this.plan = plan;
    this.period = period;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<MultiDataSet> call(Iterator<Integer> workers) {
    return new Batches(workers.next());
  }

  /** Starts at the first question, so that what goes wrong reaches the one who asks. */
  private final class Batches implements Iterator<MultiDataSet> {
    private final int worker;
    private BatchStream stream;
    private Device device;

    Batches(int worker) {
      this.worker = worker;
    }

    @Override
    public boolean hasNext() {
      if (stream == null) {
        start();
      }
      return stream.hasNext();
    }

    private void start() {
      TaskContext task = TaskContext.get();
      device = ExecutorSlot.take(task).device();
      MemberImages images = MemberImages.load(plan, hadoop.value().value());
      stream =
          new SharedSchedule(plan, period.imagesPerEpoch())
              .batches(images.training(), period, worker);
      onCompletion(task, stream::close);
    }

    @Override
    public MultiDataSet next() {
      return new WorkerBatch(stream.next(), device);
    }
  }

  /** Calls it on the task's thread when the task ends, the last one first. */
  private static void onCompletion(TaskContext task, Runnable ending) {
    TaskCompletionListener listener = ended -> ending.run();
    task.addTaskCompletionListener(listener);
  }
}
