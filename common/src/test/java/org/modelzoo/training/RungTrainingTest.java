package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

class RungTrainingTest {
  private static final int EPOCHS = 4;
  private static final long IMAGES_PER_EPOCH = 2 * TrainingFixtures.TRAIN_PER_TASK;
  private static final MemberPlan PLAN = plan(training(EPOCHS, 8, 0.1));

  private static MemberRun whole;

  @TempDir Path directory;

  @BeforeAll
  static void trainAtOnce(@TempDir Path elsewhere) {
    whole = new MemberRun(PLAN, elsewhere);
    whole.train();
  }

  @Test
  void rungByRungTheTrainingIsThatOfTheWholeToTheBit() throws IOException {
    RungOutcome first = train(PLAN, 0, 1);
    assertThat(first.images()).isEqualTo(IMAGES_PER_EPOCH);
    train(PLAN, 1, 3);
    RungOutcome last = train(PLAN, 3, 4);

    assertThat(checkpoint().parameters()).isEqualTo(whole.parameters());
    assertThat(checkpoint().epochs()).isEqualTo(whole.member().file().epochs());
    assertThat(scores(last)).isEqualTo(scoresOfTheWhole());
    assertThat(last.images()).isEqualTo(IMAGES_PER_EPOCH);
  }

  @Test
  void aRungThatRanBeforeIsOnlyEvaluated() throws IOException {
    RungOutcome first = train(PLAN, 0, 3);
    byte[] before = Files.readAllBytes(checkpointFile());
    RungOutcome again = train(PLAN, 0, 3);

    assertThat(scores(again)).isEqualTo(scores(first));
    assertThat(again.images()).isEqualTo(3 * IMAGES_PER_EPOCH);
    assertThat(Files.readAllBytes(checkpointFile())).isEqualTo(before);
  }

  @Test
  void withoutACheckpointOrWithOneThatIsFurtherItBeginsAnew() throws IOException {
    List<TaskScore> expected = scores(train(PLAN, 0, 2));
    train(PLAN, 2, 4);
    assertThat(scores(train(PLAN, 1, 2))).isEqualTo(expected);

    Files.delete(checkpointFile());
    RungOutcome last = train(PLAN, 2, 4);
    assertThat(scores(last)).isEqualTo(scoresOfTheWhole());
    assertThat(last.images()).as("of the rung alone").isEqualTo(2 * IMAGES_PER_EPOCH);
  }

  @Test
  void theTimeLimitHoldsForAllRungsTogether() throws IOException {
    train(PLAN, 0, 2);
    Checkpoint own = checkpoint();
    Files.write(
        checkpointFile(),
        new Checkpoint(own.seed(), own.epochs(), own.parameters(), own.momentum(), 3_600_000)
            .toBytes());

    assertThat(train(new RungPlan(only(PLAN), 2, 4, 3_600_000)))
        .isInstanceOf(RungOutcome.OutOfTime.class)
        .extracting(RungOutcome::images)
        .isEqualTo(0L);
    assertThat(train(new RungPlan(only(PLAN), 2, 4, 3_700_000)))
        .isInstanceOf(RungOutcome.Finished.class);
  }

  /** Whoever reads the wall clock twice here sees years pass. */
  @Test
  void aWallClockThatIsSetCancelsNothing() throws IOException {
    AtomicLong days = new AtomicLong();
    InstantSource wall = () -> Instant.EPOCH.plus(Duration.ofDays(1000 * days.incrementAndGet()));
    RungPlan limited = new RungPlan(only(PLAN), 0, 2, 3_600_000);

    assertThat(train(limited, new SteadyClock(wall, System::nanoTime)))
        .isInstanceOf(RungOutcome.Finished.class);
    assertThat(checkpoint().trainedMillis()).isBetween(0L, 3_600_000L);
    Files.delete(checkpointFile());

    AtomicLong hours = new AtomicLong();
    assertThat(
            train(
                limited,
                new SteadyClock(wall, () -> Duration.ofHours(hours.incrementAndGet()).toNanos())))
        .isInstanceOf(RungOutcome.OutOfTime.class);
  }

  @Test
  void aTrainingThatDivergesLeavesNoCheckpoint() {
    RungOutcome outcome = train(plan(training(EPOCHS, 8, 1e30)), 0, 2);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            RungOutcome.Ended.class,
            ended -> assertThat(ended.why()).isInstanceOf(MemberOutcome.Diverged.class));
    assertThat(checkpointFile()).doesNotExist();
  }

  private RungOutcome train(MemberPlan plan, int from, int until) {
    return train(new RungPlan(only(plan), from, until, 0));
  }

  private RungOutcome train(RungPlan plan) {
    return train(plan, new SteadyClock());
  }

  private RungOutcome train(RungPlan plan, SteadyClock clock) {
    NativeThreads.use(1);
    Configuration hadoop = new Configuration();
    return new RungTraining(plan, RunDirectory.at(directory.toString(), hadoop), hadoop, clock)
        .run(progress -> {}, () -> false);
  }

  private static MemberPlan only(MemberPlan plan) {
    return new MemberPlan(
        plan.id(),
        plan.tasks(),
        plan.kept(),
        plan.seed(),
        plan.dataSeed(),
        plan.data(),
        plan.network(),
        plan.training(),
        List.of(Split.VALIDATION));
  }

  private static List<TaskScore> scores(RungOutcome outcome) {
    return ((RungOutcome.Finished) outcome).scores();
  }

  private static List<TaskScore> scoresOfTheWhole() throws IOException {
    return whole.member().predictions().blocks().stream()
        .filter(block -> block.split() == Split.VALIDATION)
        .map(TaskScore::of)
        .toList();
  }

  private Path checkpointFile() {
    return directory.resolve("checkpoints/m.bin");
  }

  private Checkpoint checkpoint() throws IOException {
    return Checkpoint.fromBytes(Files.readAllBytes(checkpointFile()));
  }
}
