package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.config.ConfigLoader;

class ExecutorSizeTest {
  private static final long GIBIBYTE = 1L << 30;

  @Test
  void memoryIsThatOfItsPartsInWholeGibibytes() {
    ExecutorSize size = cifar(3, "network.name=wrn-16-4", "training.batch-size=16");
    long heap = ExecutorSize.SPARK + 100 * 600 * 32 * 32 * 3;
    long beside = ExecutorSize.LIBRARIES + 3 * size.member().total();

    assertThat(size.heap()).isBetween(heap, heap + GIBIBYTE - 1);
    assertThat(size.overhead()).isBetween(beside, beside + GIBIBYTE - 1);
    assertThat(size.settings())
        .containsEntry("spark.executor.memory", "2g")
        .containsEntry("spark.executor.memoryOverhead", "3g")
        .containsEntry(
            "spark.executor.extraJavaOptions",
            "-Dorg.bytedeco.javacpp.maxbytes=3g -Dorg.bytedeco.javacpp.maxphysicalbytes=5g")
        .containsEntry("spark.executor.cores", "3")
        .containsEntry("spark.driver.memory", "2g")
        .doesNotContainKey("spark.task.resource.gpu.amount");
  }

  @Test
  void memoryGrowsWithMembersBatchAndNetwork() {
    long small = cifar(2).overhead();

    assertThat(cifar(8, "network.name=wrn-16-4").overhead()).isGreaterThan(small);
    assertThat(cifar(2, "training.batch-size=1024").overhead()).isGreaterThan(small);
    assertThat(cifar(2, "network.name=wrn-28-10").overhead()).isGreaterThan(small);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1, 2", "0.5, 2, 0.5, 1, 4", "0.25, 4, 0.25, 1, 8", "2, 1, 2, 2, 2"})
  void anExecutorHasOneCardUnlessAMemberTakesMore(
      double gpus, int members, String ofTask, String ofExecutor, String cores) {
    ExecutorSize size =
        size(
            OptionalInt.empty(), "cluster.gpus-per-member=" + gpus, "cluster.threads-per-member=2");

    assertThat(size.members()).isEqualTo(members);
    assertThat(size.settings())
        .containsEntry("spark.task.resource.gpu.amount", ofTask)
        .containsEntry("spark.executor.resource.gpu.amount", ofExecutor)
        .containsEntry("spark.task.cpus", "2")
        .containsEntry("spark.executor.cores", cores)
        .containsEntry("spark.executor.memoryOverhead", "4g");
  }

  @Test
  void severalCardsOfAnExecutorAreAskedFor() {
    assertThat(size(OptionalInt.of(3), "cluster.gpus-per-member=1").settings())
        .containsEntry("spark.executor.resource.gpu.amount", "3");
  }

  @Test
  void withoutAWishMembersThatTrainAtOnceShareAnExecutorUpToFour() {
    assertThat(members("zoo.members-per-round=3")).isEqualTo(3);
    assertThat(members("zoo.members-per-round=9")).isEqualTo(4);
    assertThat(members("zoo.members-per-round=9", "cluster.members-at-once=2")).isEqualTo(2);
    assertThat(members("zoo.members-per-round=1", "experiment.baselines=[multi-head]"))
        .isEqualTo(2);
  }

  @Test
  void theDriverGrowsWithRoundsAndTasks() {
    Map<String, String> settings =
        size(
                OptionalInt.empty(),
                "data.set.source.families=100",
                "data.set.source.tasks-per-family=10",
                "zoo.rounds=10000")
            .settings();

    assertThat(settings.get("spark.driver.memory")).isEqualTo("5g");
  }

  private static int members(String... settings) {
    return size(OptionalInt.empty(), settings).members();
  }

  private static ExecutorSize cifar(int members, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "data.directory=/data",
                "data.set.name=cifar",
                "data.set.source.format=cifar100",
                "data.set.classes-per-task=5"));
    all.addAll(List.of(settings));
    return size(OptionalInt.of(members), all.toArray(String[]::new));
  }

  private static ExecutorSize size(OptionalInt members, String... settings) {
    return ExecutorSize.of(ConfigLoader.load(List.of(), List.of(settings)).values(), members);
  }
}
