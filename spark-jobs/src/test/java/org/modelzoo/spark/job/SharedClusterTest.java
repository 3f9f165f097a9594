package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ClusterConfig;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.ModelZooConfig;

class SharedClusterTest {
  private static ModelZooConfig config(String cluster) {
    return ConfigLoader.parse("cluster { " + cluster + " }", "test.conf").values();
  }

  private static ClusterConfig shared(String... clusters) {
    return SharedCluster.of(Stream.of(clusters).map(SharedClusterTest::config).toList())
        .map(ModelZooConfig::cluster)
        .orElse(null);
  }

  @Test
  void theApplicationHasTheLargestMember() {
    ClusterConfig shared =
        shared("threads-per-member = 1, gpus-per-member = 0.5", "threads-per-member = 4");
    assertThat(shared).isEqualTo(config("threads-per-member = 4, gpus-per-member = 0.5").cluster());
  }

  @Test
  void weightsDiffer() {
    assertThat(shared("weight = 2", "weight = 3").weight()).isEqualTo(2);
  }

  @Test
  void aGpuIsDividedTheSameWayForAll() {
    assertThat(shared("gpus-per-member = 0.5", "gpus-per-member = 1")).isNull();
  }

  @Test
  void otherKeysAreTheSame() {
    assertThat(shared("members-at-once = 1", "members-at-once = 2")).isNull();
  }
}
