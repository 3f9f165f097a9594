package org.modelzoo.spark.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.executor.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.PoisonedDeviceException;

class LostDeviceTest {
  private final PoisonedDeviceException lost =
      new PoisonedDeviceException("an illegal memory access was encountered", null);

  @TempDir Path directory;

  @Test
  void endsAnExecutorByAnErrorThatSparkEndsExecutorsFor() {
    assertThatThrownBy(() -> LostDevice.of(lost, "3"))
        .isInstanceOf(InternalError.class)
        .hasMessageContaining("executor 3", "illegal memory access")
        .hasCause(lost)
        .matches(error -> Executor.isFatalError(error, 1));
  }

  @Test
  void endsTheRunInLocalModeAndNotTheProcess() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("cards")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf);
        SparkFarm farm = new SparkFarm(spark, 0)) {
      assertThatThrownBy(() -> farm.submit(new PoisonedUnit(directory.toString(), 1)).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLUSTER))
          .hasMessageContaining("illegal memory access")
          .hasMessageContaining("run the same command to continue");
      assertThat(directory).isDirectoryContaining(file -> file.endsWith("run-0"));
      assertThat(directory.toFile().list()).as("no second attempt").hasSize(1);
    }
  }
}
