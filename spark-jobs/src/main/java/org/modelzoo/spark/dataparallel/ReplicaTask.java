package org.modelzoo.spark.dataparallel;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.SgdTrainer.StepResult;
import org.modelzoo.network.TrainingBatch;
import org.modelzoo.training.AveragingPeriod;
import org.modelzoo.training.MemberFailures;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.Replica;
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
      Replica replica = IdleReplicas.take(plan);
      ReplicaResult result = train(replica, from, batches, worker, task);
      // After an error its state is not known, so only a sound one is kept.
      IdleReplicas.giveBack(plan, replica);
      return List.of(result).iterator();
    } catch (ModelZooException | OutOfMemoryError e) {
      MemberOutcome outcome = MemberFailures.outcomeOf(e, "");
      return List.of(ReplicaResult.failed(worker, (MemberOutcome.Failed) outcome)).iterator();
    }
  }

  private ReplicaResult train(
      Replica replica,
      NetBroadcastTuple from,
      Iterator<MultiDataSet> batches,
      int worker,
      TaskContext task) {
    SharedSchedule schedule = new SharedSchedule(plan, period.imagesPerEpoch());
    float[] momentum =
        from.getUpdaterState() == null
            ? new float[Math.toIntExact(from.getParameters().length())]
            : from.getUpdaterState().toFloatVector();
    replica.start(from.getParameters(), momentum, schedule.dropoutSeed(period, worker));
    ReplicaSums sums = new ReplicaSums();
    int step = period.firstStep();
    while (batches.hasNext()) {
      if (task.isInterrupted()) {
        throw new CancellationException("The member was cancelled");
      }
      MultiDataSet arrays = batches.next();
      try (TrainingBatch batch = new TrainingBatch(arrays.getFeatures(0), arrays.getLabels(0))) {
        StepResult result = replica.step(batch, schedule.rate(period.epoch(), step));
        sums.add(batch.size(), result, step);
      }
      if (sums.hasDiverged()) {
        break;
      }
      step++;
    }
    boolean withMomentum = plan.training().dataParallel().averageOptimiserState();
    return ReplicaResult.of(worker, replica, withMomentum, sums);
  }
}
