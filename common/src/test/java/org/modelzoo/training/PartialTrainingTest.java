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
import org.modelzoo.network.Device;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.PartialTraining.Result;

class PartialTrainingTest {
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
    Result first = train(PLAN, 0, 1);
    assertThat(first.images()).isEqualTo(IMAGES_PER_EPOCH);
    train(PLAN, 1, 3);
    Result last = train(PLAN, 3, 4);

    assertThat(checkpoint().parameters()).isEqualTo(whole.parameters());
    assertThat(checkpoint().epochs()).isEqualTo(whole.member().file().epochs());
    assertThat(scores(last)).isEqualTo(scoresOfTheWhole());
    assertThat(last.images()).isEqualTo(IMAGES_PER_EPOCH);
  }

  @Test
  void aRungThatRanBeforeIsOnlyEvaluated() throws IOException {
    Result first = train(PLAN, 0, 3);
    byte[] before = Files.readAllBytes(checkpointFile());
    Result again = train(PLAN, 0, 3);

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
    Result last = train(PLAN, 2, 4);
    assertThat(scores(last)).isEqualTo(scoresOfTheWhole());
    assertThat(last.images()).as("of the rung alone").isEqualTo(2 * IMAGES_PER_EPOCH);
  }

  @Test
  void theTimeLimitHoldsForAllRungsTogether() throws IOException {
    train(PLAN, 0, 2);
    Checkpoint own = checkpoint();
    Files.write(
        checkpointFile(),
        new Checkpoint(
                own.seed(),
                own.epochs(),
                own.parameters(),
                own.momentum(),
                3_600_000,
                List.of(),
                own.computation(),
                own.part())
            .toBytes());

    Result late = train(new PartialTraining(only(PLAN), 2, 4, 3_600_000));
    assertThat(late.outcome()).isInstanceOf(MemberOutcome.OutOfTime.class);
    assertThat(late.images()).isZero();
    assertThat(train(new PartialTraining(only(PLAN), 2, 4, 3_700_000)).outcome())
        .isInstanceOf(MemberOutcome.Completed.class);
  }

  /** Whoever reads the wall clock twice here sees years pass. */
  @Test
  void aWallClockThatIsSetCancelsNothing() throws IOException {
    AtomicLong days = new AtomicLong();
    InstantSource wall = () -> Instant.EPOCH.plus(Duration.ofDays(1000 * days.incrementAndGet()));
    PartialTraining limited = new PartialTraining(only(PLAN), 0, 2, 3_600_000);

    assertThat(train(limited, new SteadyClock(wall, System::nanoTime)).outcome())
        .isInstanceOf(MemberOutcome.Completed.class);
    assertThat(checkpoint().trainedMillis()).isBetween(0L, 3_600_000L);
    Files.delete(checkpointFile());

    AtomicLong hours = new AtomicLong();
    assertThat(
            train(
                    limited,
                    new SteadyClock(
                        wall, () -> Duration.ofHours(hours.incrementAndGet()).toNanos()))
                .outcome())
        .isInstanceOf(MemberOutcome.OutOfTime.class);
  }

  @Test
  void aTrainingThatDivergesLeavesNoCheckpoint() {
    Result result = train(plan(training(EPOCHS, 8, 1e30)), 0, 2);
    assertThat(result.outcome()).isInstanceOf(MemberOutcome.Diverged.class);
    assertThat(result.scores()).isEmpty();
    assertThat(checkpointFile()).doesNotExist();
  }

  private Result train(MemberPlan plan, int from, int until) {
    return train(new PartialTraining(only(plan), from, until, 0));
  }

  private Result train(PartialTraining part) {
    return train(part, new SteadyClock());
  }

  private Result train(PartialTraining part, SteadyClock clock) {
    NativeThreads.use(1);
    Configuration hadoop = new Configuration();
    return part.run(
        RunDirectory.at(directory.toString(), hadoop),
        hadoop,
        Device.processor(1),
        clock,
        progress -> {},
        () -> false);
  }

  private static MemberPlan only(MemberPlan plan) {
    return new MemberPlan(
        plan.id(),
        plan.tasks(),
        plan.kept(),
        plan.continuation(),
        plan.seed(),
        plan.dataSeed(),
        plan.data(),
        plan.network(),
        plan.training(),
        List.of(Split.VALIDATION),
        plan.signalImages());
  }

  private static List<TaskScore> scores(Result result) {
    assertThat(result.outcome()).isInstanceOf(MemberOutcome.Completed.class);
    return result.scores();
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
