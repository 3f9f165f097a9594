package org.modelzoo.spark.dataparallel;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.data.Batch;
import org.modelzoo.network.Network;
import org.modelzoo.network.PoisonedDeviceException;
import org.modelzoo.network.StepResult;
import org.modelzoo.spark.farm.LostDevice;
import org.modelzoo.training.AveragingPeriod;
import org.modelzoo.training.MemberFailures;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.SharedSchedule;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A worker's steps of a period, on an executor: from the average of all workers to its own
 * parameters. Errors in data, cluster settings and memory are results; the others are left to
 * Spark, which tries the task again.
 */
final class ReplicaTask implements FlatMapFunction<Iterator<MultiDataSet>, ReplicaResult> {
  private static final long serialVersionUID = 1L;

  private final MemberPlan plan;
  private final AveragingPeriod period;
  private final Broadcast<NetBroadcastTuple> start;

  /**
   * @param start parameters, and the optimiser's momentum where it isn't 0
   */
  ReplicaTask(MemberPlan plan, AveragingPeriod period, Broadcast<NetBroadcastTuple> start) {
    this.plan = plan;
    this.period = period;
    this.start = start;
  }

  @Override
  public Iterator<ReplicaResult> call(Iterator<MultiDataSet> batches) {
    TaskContext task = TaskContext.get();
    int worker = task.partitionId();
    NetBroadcastTuple from = start.value();
    try {
      if (!batches.hasNext()) {
        return List.of(ReplicaResult.idle(worker)).iterator();
      }
      WorkerBatch first = (WorkerBatch) batches.next();
      Network network = IdleReplicas.take(plan, first.device());
      ReplicaResult result = train(network, from, first, batches, worker, task);
      // After an error its state is not known, so only a sound one is kept.
      IdleReplicas.giveBack(plan, first.device(), network);
      return List.of(result).iterator();
    } catch (PoisonedDeviceException e) {
      return failed(worker, LostDevice.of(e));
    } catch (ModelZooException | OutOfMemoryError e) {
      return failed(worker, e);
    }
  }

  private static Iterator<ReplicaResult> failed(int worker, Throwable error) {
    MemberOutcome outcome = MemberFailures.outcomeOf(error, "");
    return List.of(ReplicaResult.failed(worker, (MemberOutcome.Failed) outcome)).iterator();
  }

  private ReplicaResult train(
      Network network,
      NetBroadcastTuple from,
      WorkerBatch first,
      Iterator<MultiDataSet> others,
      int worker,
      TaskContext task) {
    SharedSchedule schedule = new SharedSchedule(plan, period.imagesPerEpoch());
    float[] momentum =
        from.getUpdaterState() == null
            ? new float[Math.toIntExact(from.getParameters().length())]
            : from.getUpdaterState().toFloatVector();
    network.restore(from.getParameters().toFloatVector(), momentum);
    network.seedDropout(schedule.dropoutSeed(period, worker));
    ReplicaSums sums = new ReplicaSums();
    int step = period.firstStep();
    for (WorkerBatch next = first; next != null; next = following(others)) {
      if (task.isInterrupted()) {
        throw new CancellationException("The member was cancelled");
      }
      Batch batch = next.batch();
      network.step(
          batch.features(),
          batch.heads(),
          batch.labels(),
          batch.size(),
          schedule.rate(period.epoch(), step++));
    }
    int taken = period.firstStep();
    for (StepResult result : network.drain()) {
      sums.add(result, taken++);
    }
    boolean withMomentum = plan.training().dataParallel().averageOptimiserState();
    return ReplicaResult.of(
        worker, network.parameters(), withMomentum ? network.momentum() : null, sums);
  }

  private static WorkerBatch following(Iterator<MultiDataSet> batches) {
    return batches.hasNext() ? (WorkerBatch) batches.next() : null;
  }
}
