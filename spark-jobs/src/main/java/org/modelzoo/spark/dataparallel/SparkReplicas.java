package org.modelzoo.spark.dataparallel;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.ModelZooException;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.MemberUnit;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.training.AveragingPeriod;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.Replicas;

/**
 * The workers of one member on the cluster. A period of training is one Spark job of dl4j-spark
 * with a task for each worker; images are counted and predicted by units on the farm. Lives on the
 * driver.
 */
final class SparkReplicas implements Replicas, AutoCloseable {
  private final JavaSparkContext spark;
  private final MemberPlan plan;
  private final SharedUnits units;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final JavaRDD<Integer> workers;
  private final OrderedAveragingMaster master;
  private SparkComputationGraph network;

  /**
   * @throws ModelZooException (cluster) if there are more workers than slots
   */
  SparkReplicas(JavaSparkContext spark, Farm farm, MemberUnit member) {
    this.spark = spark;
    this.plan = member.plan();
    int count = plan.training().dataParallel().workers();
    new WorkerSlots(spark, farm).require(count);
    this.units = new SharedUnits(spark, farm, member);
    this.hadoop = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    this.workers = spark.parallelize(IntStream.range(0, count).boxed().toList(), count);
    this.master = new OrderedAveragingMaster(plan);
  }

  @Override
  public int imagesPerEpoch() {
    return units.imagesPerEpoch();
  }

  @Override
  public Average train(ComputationGraph graph, float[] momentum, AveragingPeriod period) {
    if (network == null) {
      network = new SparkComputationGraph(spark, graph, master);
    }
    master.next(period, momentum);
    try {
      network.fitMultiDataSet(workers.mapPartitions(new ShareBatches(plan, period, hadoop)));
    } catch (ModelZooException e) {
      throw e;
    } catch (Exception e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "the cluster gave up after epoch %d of %d: %s; run the same command to continue there"
              .formatted(
                  period.epoch(),
                  plan.training().epochs(),
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
    return master.average();
  }

  @Override
  public Predictions predict(ComputationGraph graph, List<Split> splits) {
    return units.predict(graph, splits);
  }

  @Override
  public void close() {
    hadoop.destroy();
  }
}
