package org.modelzoo.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.farm.ExecutorDevices;
import org.modelzoo.spark.farm.LocalCards;

class GpuSettingsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "0.5, 0.5, 1", "0.25, 0.25, 1", "2, 2, 2"})
  void askSparkForTheCardsOfAMember(double gpus, String ofTask, String ofExecutor) {
    SparkConf conf = conf("spark://master:7077");
    GpuSettings.add(conf, gpus);

    assertThat(conf.get("spark.task.resource.gpu.amount")).isEqualTo(ofTask);
    assertThat(conf.get("spark.executor.resource.gpu.amount")).isEqualTo(ofExecutor);
    assertThat(conf.get("spark.plugins")).endsWith(ExecutorDevices.class.getName());
  }

  @Test
  void addNothingWithoutCards() {
    SparkConf conf = conf("local[*]");
    GpuSettings.add(conf, 0);

    assertThat(conf.getAll()).hasSize(1);
  }

  @Test
  void leaveWhatSparkWasGiven() {
    SparkConf conf =
        conf("yarn")
            .set("spark.task.resource.gpu.amount", "0.5")
            .set("spark.executor.resource.gpu.amount", "4");
    GpuSettings.add(conf, 1);

    assertThat(conf.get("spark.task.resource.gpu.amount")).isEqualTo("0.5");
    assertThat(conf.get("spark.executor.resource.gpu.amount")).isEqualTo("4");
  }

  @Test
  void handOutTheCardsOfThisProcessWithALocalMaster() {
    SparkConf conf = conf("local[4]");
    GpuSettings.add(conf, 0.25, () -> 1);

    assertThat(conf.contains("spark.task.resource.gpu.amount")).isFalse();
    assertThat(conf.contains("spark.executor.resource.gpu.amount")).isFalse();
    assertThat(LocalCards.of(conf.set("spark.app.id", "settings"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1"})
  void refuseALocalMasterThatSeesTooFewCardsAlsoWhereSparkWasAsked(String ofTask, int visible) {
    SparkConf conf = conf("local[4]").set("spark.task.resource.gpu.amount", ofTask);

    assertThatThrownBy(() -> GpuSettings.add(conf, 0, () -> visible))
        .isInstanceOfSatisfying(
            ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLUSTER))
        .hasMessageContaining("local[4] this process sees " + visible)
        .hasMessageContaining("cluster.gpus-per-member = 0");
  }

  @Test
  void refuseAnAmountThatIsNone() {
    SparkConf conf = conf("yarn").set("spark.task.resource.gpu.amount", "one");

    assertThatThrownBy(() -> GpuSettings.add(conf, 0))
        .isInstanceOfSatisfying(
            ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("\"one\", and must be a number");
  }

  private static SparkConf conf(String master) {
    return new SparkConf(/* loadDefaults= */ false).setMaster(master);
  }
}
