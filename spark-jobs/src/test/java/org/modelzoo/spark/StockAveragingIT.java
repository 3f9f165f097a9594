package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import org.modelzoo.network.dl4j.TrainingBatch;
import org.modelzoo.spark.dataparallel.KryoSettings;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Our networks are networks to DL4J: its own parameter averaging, with its own optimiser, trains
 * them on executors that get network and data over the wire.
 */
@Tag("full")
class StockAveragingIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final NetworkSpec SPEC =
      new NetworkSpec("wrn-10-1", 0, new ImageShape(16, 16, 1), List.of(2, 2));
  private static final int BATCH = 8;

  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = StandaloneCluster.shared();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JavaSerializer", "KryoSerializer"})
  void executorsTrainOurNetwork(String serializer) {
    SparkConf conf =
        new SparkConf()
            .setMaster(cluster.master())
            .setAppName("stock")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.executor.memory", "512m")
            .set("spark.serializer", "org.apache.spark.serializer." + serializer)
            .set("spark.executor.extraClassPath", TARGET.resolve("modelzoo-app.jar").toString());
    KryoSettings.add(conf);
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      ComputationGraph graph = Networks.build(SPEC, 1);
      SparkComputationGraph network =
          new SparkComputationGraph(
              spark,
              graph,
              new ParameterAveragingTrainingMaster.Builder(2, BATCH)
                  .batchSizePerWorker(BATCH)
                  .averagingFrequency(2)
                  .rddTrainingApproach(RDDTrainingApproach.Direct)
                  .build());
      JavaRDD<MultiDataSet> data = spark.parallelize(batches(), 2);
      double before = network.calculateScoreMultiDataSet(data, true);
      for (int epoch = 0; epoch < 3; epoch++) {
        network.fitMultiDataSet(data);
      }
      // A dozen steps: from 0.706 to about 0.676.
      assertThat(network.calculateScoreMultiDataSet(data, true)).isLessThan(before - 0.01);
    }
  }

  /** Two tasks: dark or light images, and light above or below. */
  private static List<MultiDataSet> batches() {
    Random random = new Random(1);
    List<MultiDataSet> batches = new ArrayList<>();
    for (int batch = 0; batch < 8; batch++) {
      float[] pixels = new float[BATCH * 256];
      int[] heads = new int[BATCH];
      int[] labels = new int[BATCH];
      for (int image = 0; image < BATCH; image++) {
        heads[image] = random.nextInt(2);
        labels[image] = random.nextInt(2);
        for (int pixel = 0; pixel < 256; pixel++) {
          boolean light = heads[image] == 0 ? labels[image] == 1 : pixel / 128 == labels[image];
          pixels[image * 256 + pixel] = (light ? 1 : -1) + 0.2f * (float) random.nextGaussian();
        }
      }
      TrainingBatch arrays = TrainingBatch.of(SPEC, DataType.FLOAT, pixels, heads, labels, BATCH);
      batches.add(new org.nd4j.linalg.dataset.MultiDataSet(arrays.images(), arrays.targets()));
    }
    return batches;
  }
}
