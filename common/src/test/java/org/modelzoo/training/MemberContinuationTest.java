package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.training.TrainingFixtures.evaluated;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.store.MemberFile;

class MemberContinuationTest {
  private static final MemberPlan PLAN = plan(evaluated(training(3, 8, 0.1, 1), 1));

  private static float[] uninterrupted;
  private static MemberFile uninterruptedFile;

  @TempDir Path directory;

  private MemberRun continued;

  @BeforeAll
  static void trainAtOnce(@TempDir Path elsewhere) throws IOException {
    MemberRun atOnce = new MemberRun(PLAN, elsewhere);
    atOnce.train();
    uninterrupted = atOnce.parameters();
    uninterruptedFile = atOnce.member().file();
    assertThat(uninterruptedFile.evaluations()).hasSize(3);
    assertThat(atOnce.checkpoints()).isEmpty();
  }

  @BeforeEach
  void interruptAfterTwoEpochs() throws IOException {
    MemberRun interrupted = new MemberRun(PLAN, directory);
    assertThat(interrupted.trainUntilCancelledAfter(2)).isEqualTo(new MemberOutcome.Cancelled());
    assertThat(interrupted.members()).isEmpty();
    assertThat(interrupted.checkpoints()).containsExactly("m.bin");
    continued = new MemberRun(PLAN, directory);
  }

  @Test
  void continuedTrainingEndsWithTheSameBits() throws IOException {
    assertThat(continued.train()).isEqualTo(completed());

    assertThat(continued.heard().get(0).epoch()).isEqualTo(3);
    assertEndsLikeUninterrupted();
  }

  @Test
  void damagedCheckpointIsIgnoredAndTheRemarkSaysSo() throws IOException {
    Path checkpoint = directory.resolve("checkpoints/m.bin");
    byte[] content = Files.readAllBytes(checkpoint);
    content[content.length / 2] ^= 1;
    Files.write(checkpoint, content);

    assertThat(continued.train())
        .isEqualTo(
            completed(
                "checkpoint file:%s can't be used: its checksum is wrong; the member starts again"
                    .formatted(checkpoint)));

    assertThat(continued.heard().get(0).epoch()).isEqualTo(1);
    assertEndsLikeUninterrupted();
  }

  @Test
  void checkpointOfAnotherSeedIsIgnored() throws IOException {
    Path checkpoint = directory.resolve("checkpoints/m.bin");
    Checkpoint own = Checkpoint.fromBytes(Files.readAllBytes(checkpoint));
    Checkpoint other =
        new Checkpoint(
            12,
            own.epochs(),
            own.parameters(),
            own.momentum(),
            own.trainedMillis(),
            own.evaluations(),
            own.computation(),
            own.part());
    Files.write(checkpoint, other.toBytes());

    assertThat(continued.train()).isEqualTo(completed());

    assertThat(continued.heard().get(0).epoch()).isEqualTo(1);
    assertEndsLikeUninterrupted();
  }

  @Test
  void timeBetweenInterruptionAndContinuationDoesNotCount() throws IOException {
    Path checkpoint = directory.resolve("checkpoints/m.bin");
    Checkpoint own = Checkpoint.fromBytes(Files.readAllBytes(checkpoint));
    assertThat(own.trainedMillis()).isBetween(0L, 60_000L);
    Checkpoint hourLong =
        new Checkpoint(
            own.seed(),
            own.epochs(),
            own.parameters(),
            own.momentum(),
            3_600_000,
            own.evaluations(),
            own.computation(),
            own.part());
    Files.write(checkpoint, hourLong.toBytes());

    continued.train();

    MemberFile file = continued.member().file();
    assertThat(file.finishedMillis() - file.startedMillis()).isBetween(3_600_000L, 3_660_000L);
  }

  private static MemberOutcome completed(String... remarks) {
    return new MemberOutcome.Completed(List.of(remarks), uninterruptedFile.evaluations());
  }

  private void assertEndsLikeUninterrupted() throws IOException {
    assertThat(continued.parameters()).isEqualTo(uninterrupted);
    assertThat(continued.member().file().epochs()).isEqualTo(uninterruptedFile.epochs());
    assertThat(continued.member().file().evaluations()).isEqualTo(uninterruptedFile.evaluations());
    assertThat(continued.checkpoints()).isEmpty();
  }
}
