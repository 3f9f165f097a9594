package org.modelzoo.spark.dataparallel;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.Networks;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.SparkFarm;
import org.modelzoo.spark.job.MemberUnit;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.training.AveragingPeriod;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.Replicas;

/**
 * The workers of one member on the cluster. A period of training is one Spark job of dl4j-spark
 * with a task for each worker, under the farm's limits: a period that is started again begins at
 * the same average and ends with the same bits. Images are counted and predicted by units on the
 * farm. Lives on the driver.
 */
final class SparkReplicas implements Replicas, AutoCloseable {
  private final JavaSparkContext spark;
  private final SparkFarm farm;
  private final MemberUnit member;
  private final MemberPlan plan;
  private final SharedUnits units;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final JavaRDD<Integer> workers;
  private final OrderedAveragingMaster master;
  private SparkComputationGraph network;

  /**
   * @param farm whose limits hold for the periods
   * @param share of the farm, for the units
   * @throws ModelZooException (cluster) if there are more workers than slots
   */
  SparkReplicas(JavaSparkContext spark, SparkFarm farm, Farm share, MemberUnit member) {
    this.spark = spark;
    this.farm = farm;
    this.member = member;
    this.plan = member.plan();
    int count = plan.training().dataParallel().workers();
    new WorkerSlots(spark).require(count);
    this.units = new SharedUnits(spark, share, member);
    this.hadoop = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    this.workers = spark.parallelize(IntStream.range(0, count).boxed().toList(), count);
    this.master = new OrderedAveragingMaster(plan);
  }

  @Override
  public int imagesPerEpoch() {
    return units.imagesPerEpoch();
  }

  @Override
  public Average train(float[] parameters, float[] momentum, AveragingPeriod period) {
    if (network == null) {
      network =
          new SparkComputationGraph(spark, Networks.over(plan.networkSpec(), parameters), master);
    }
    return farm.runJob(
        "%s, epoch %d of %d from step %d"
            .formatted(
                member.id(), period.epoch() + 1, plan.training().epochs(), period.firstStep() + 1),
        member.description(),
        context -> {
          master.next(period, parameters, momentum);
          network.fitMultiDataSet(workers.mapPartitions(new ShareBatches(plan, period, hadoop)));
          return master.average();
        });
  }

  @Override
  public Predictions predict(float[] parameters, List<Split> splits) {
    return units.predict(parameters, splits);
  }

  @Override
  public void close() {
    hadoop.destroy();
    if (network != null) {
      network.getNetwork().close();
    }
  }
}
