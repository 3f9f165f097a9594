package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.spark.TinyExperiment;

@ExtendWith(LocalMaster.class)
class DataParallelZooTest {
  @TempDir private Path output;

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "torch"})
  void membersOfAZooAreTrainedByTwoWorkersOneAfterAnother(String engine) throws IOException {
    Console console =
        Console.run(
            TinyExperiment.arguments(
                "train",
                output,
                "network.engine=" + engine,
                "zoo.mode=multi-task",
                "zoo.rounds=1",
                "training.evaluate-every=1",
                "training.data-parallel.workers=2"));

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.err())
        .contains("round-000-member-00 after epoch 2 of 2")
        .contains("round-000-member-01 after epoch 2 of 2");
    assertThat(console.err().indexOf("member-01 after epoch 1"))
        .isGreaterThan(console.err().indexOf("member-00 after epoch 2"));
    assertThat(Files.readString(output.resolve("tiny/summary.json")))
        .contains("\"members\" : 2", "\"diverged_members\" : 0");
    assertThat(Files.readString(output.resolve("tiny/members/round-000-member-00/outcome.json")))
        .contains("\"engine\" : \"" + engine + "\"");
  }

  @Test
  void aMemberThatDivergesSaysWhere() {
    Console console =
        Console.run(
            TinyExperiment.arguments(
                "train",
                output,
                "experiment.method=multi-head",
                "training.learning-rate=1e30",
                "training.data-parallel.workers=2"));

    assertThat(console.exitCode()).isEqualTo(5);
    assertThat(console.err()).contains("diverged in epoch 1, step ").contains("learning rate");
  }

  /** A whole epoch is one period here, and takes several times the limit. */
  @Tag("full")
  @Test
  void aPeriodThatTakesLongerThanTheMembersLimitIsEndedAsAMemberIs() {
    Console console =
        Console.run(
            TinyExperiment.arguments(
                "train",
                output,
                "experiment.method=multi-head",
                "data.set.source.train-images-per-class=2000",
                "training.batch-size=4",
                "training.data-parallel.workers=2",
                "training.data-parallel.averaging-frequency=100000",
                "cluster.member-time-limit=3s",
                "cluster.member-attempts=2"));

    assertThat(console.exitCode()).as(console.err()).isEqualTo(4);
    assertThat(console.err())
        .contains("multi-head round-000-member-00, epoch 1 of 2 from step 1 ran on executor driver")
        .contains("for more than 3 s (cluster.member-time-limit) and was ended; attempt 2 of 2")
        .contains("in attempt 2 of 2; look at that executor's log");
  }

  @Test
  void moreWorkersThanSlotsAreRefusedWithTheNumbers() {
    System.setProperty("spark.scheduler.maxRegisteredResourcesWaitingTime", "1s");
    try {
      Console console =
          Console.run(
              TinyExperiment.arguments(
                  "train",
                  output,
                  "experiment.method=multi-head",
                  "training.data-parallel.workers=4"));

      assertThat(console.exitCode()).as(console.err()).isEqualTo(4);
      assertThat(console.err())
          .contains("training.data-parallel.workers is 4, and the cluster has 2 slots");
    } finally {
      System.clearProperty("spark.scheduler.maxRegisteredResourcesWaitingTime");
    }
  }
}
