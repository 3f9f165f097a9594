package org.modelzoo.spark.dataparallel;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.modelzoo.config.DataParallelConfig;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.training.AveragingPeriod;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.Replicas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * dl4j-spark's parameter averaging (McDonald et al., 2010), one averaging period per fit, with what
 * a repeatable run needs: the data set is trained on as it is, a partition per worker, instead of
 * being counted and split at random; workers step with our optimiser at the rate of their step,
 * where dl4j-spark's begin the schedule anew after every average; and parameters are added in the
 * order of the workers. Lives on the driver.
 */
final class OrderedAveragingMaster extends ParameterAveragingTrainingMaster {
  private final MemberPlan plan;
  private AveragingPeriod period;
  private float[] parameters;
  private float[] momentum;
  private Replicas.Average average;

  OrderedAveragingMaster(MemberPlan plan) {
    super(settings(plan.training()));
    this.plan = plan;
  }

  private static Builder settings(TrainingConfig training) {
    DataParallelConfig parallel = training.dataParallel();
    int batch = parallel.batchOfWorker(training.batchSize());
    return new Builder(parallel.workers(), batch)
        .batchSizePerWorker(batch)
        .averagingFrequency(parallel.averagingFrequency())
        .aggregationDepth(parallel.aggregationDepth())
        .saveUpdater(parallel.averageOptimiserState())
        .repartionData(Repartition.Never)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .storageLevel(null);
  }

  /** Says what the next fit trains. */
  void next(AveragingPeriod coming, float[] parametersBefore, float[] momentumBefore) {
    period = coming;
    parameters = parametersBefore;
    momentum = momentumBefore;
  }

  /** What the last fit came to. */
  Replicas.Average average() {
    return average;
  }

  @Override
  protected void executeTrainingDirect(
      SparkComputationGraph graph, JavaRDD<MultiDataSet> batchesOfWorkers) {
    INDArray network = Nd4j.createFromArray(parameters);
    INDArray optimiser = saveUpdater ? Nd4j.createFromArray(momentum) : null;
    Broadcast<NetBroadcastTuple> start =
        graph
            .getSparkContext()
            .broadcast(
                // The workers make the network from the plan.
                new NetBroadcastTuple((ComputationGraphConfiguration) null, network, optimiser));
    ReplicaResult sum;
    try {
      sum =
          OrderedTree.sum(
              batchesOfWorkers.mapPartitions(new ReplicaTask(plan, period, start)),
              aggregationDepth);
    } finally {
      start.destroy();
    }
    sum.requireSuccess();
    graph.setScore(sum.sums().loss() / sum.sums().images());
    average = average(sum);
  }

  private Replicas.Average average(ReplicaResult sum) {
    ReplicaSums sums = sum.sums();
    return new Replicas.Average(
        sum.meanParameters(),
        saveUpdater ? sum.meanMomentum() : momentum,
        sums.loss(),
        sums.images(),
        sums.correct(),
        sums.divergedStep(),
        sums.divergedLoss());
  }
}
