package org.modelzoo.spark.dataparallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedTreeTest {
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[4]")
                .setAppName("tree")
                .set("spark.ui.enabled", "false")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "7, 1", "7, 2", "9, 3"})
  void addsInTheOrderOfTheWorkersWhoeverIsFirst(int workers, int depth) {
    ReplicaResult late = OrderedTree.sum(results(workers, worker -> workers - worker), depth);
    ReplicaResult early = OrderedTree.sum(results(workers, worker -> worker), depth);

    float[] expected = {0, 0};
    for (int worker = 0; worker < workers; worker++) {
      expected[1] += worker;
    }
    float[] mean = late.meanParameters();
    assertThat(mean).containsExactly(early.meanParameters());
    assertThat(mean[1]).isEqualTo(expected[1] / workers);
    assertThat(late.meanMomentum()).containsExactly(early.meanMomentum());
    assertThat(late.sums().divergedStep()).isEqualTo(-1);
  }

  /** Numbers whose sum depends on the order: large ones swallow small ones. */
  private static JavaRDD<ReplicaResult> results(int workers, Delay delay) {
    List<Integer> numbers = IntStream.range(0, workers).boxed().toList();
    return spark
        .parallelize(numbers, workers)
        .map(
            worker -> {
              TimeUnit.MILLISECONDS.sleep(10L * delay.steps(worker));
              float odd = (float) Math.pow(-10, worker) / 3;
              return ReplicaResult.of(
                  worker, new float[] {odd, worker}, new float[] {-odd}, new ReplicaSums());
            });
  }

  private interface Delay extends java.io.Serializable {
    int steps(int worker);
  }
}
