package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.training.TrainingFixtures.data;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.NormalisationConfig;
import org.modelzoo.data.DataFixtures;
import org.modelzoo.network.PoisonedDeviceException;

class MemberFailureTest {
  @TempDir Path directory;

  @Test
  void divergenceSaysWhereAndLeavesNoMember() throws IOException {
    MemberRun run = new MemberRun(plan(training(20, 8, 1e12)), directory);

    assertThat(run.train())
        .isInstanceOfSatisfying(
            MemberOutcome.Diverged.class,
            diverged -> {
              // 32 images in batches of 8: four steps an epoch, counted from 1.
              assertThat(diverged.step()).isGreaterThan(1);
              assertThat(diverged.epoch()).isEqualTo((int) ((diverged.step() - 1) / 4) + 1);
              assertThat(diverged.loss()).isNotFinite();
            });
    assertThat(run.members()).isEmpty();
  }

  @Test
  void divergenceInTheLastStepIsNoticed() throws IOException {
    MemberRun run = new MemberRun(plan(training(1, 32, 1e38)), directory);

    assertThat(run.train()).isEqualTo(new MemberOutcome.Diverged(1, 1, Double.NaN, 1e38));
    assertThat(run.members()).isEmpty();
  }

  @Test
  void parametersThatAreNoNumbersAreNoticedWhateverTheLossSays() throws IOException {
    DataConfig images = data();
    DataConfig infinite =
        DataFixtures.data(
            images.directory(),
            images.set(),
            images.imagesPerClass(),
            images.validationShare(),
            images.augmentation(),
            new NormalisationConfig(0.5, 1e-300));
    MemberRun run =
        new MemberRun(plan(infinite, training(3, 8, 0.01), Collections.nCopies(2, 1.0)), directory);

    assertThat(run.train())
        .isInstanceOfSatisfying(
            MemberOutcome.Diverged.class, diverged -> assertThat(diverged.epoch()).isEqualTo(1));
    assertThat(run.members()).isEmpty();
  }

  @Test
  void divergenceMessageHasTheNextStep() {
    assertThat(new MemberOutcome.Diverged(2, 7, Double.NaN, 0.5).message())
        .isEqualTo(
            "diverged in epoch 2, step 7: the loss is NaN at learning rate 0.500; lower training.learning-rate");
  }

  @Test
  void cancelledMemberLeavesNothing() throws IOException {
    MemberRun run = new MemberRun(plan(training(1, 8, 0.1)), directory);

    assertThat(run.train(() -> true)).isEqualTo(new MemberOutcome.Cancelled());

    assertThat(run.members()).isEmpty();
    assertThat(run.heard()).isEmpty();
  }

  @Test
  void interruptedThreadIsACancelledMember() throws IOException {
    MemberRun run = new MemberRun(plan(training(1, 8, 0.1)), directory);

    MemberOutcome outcome =
        run.train(
            () -> {
              Thread.currentThread().interrupt();
              return false;
            });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isEqualTo(new MemberOutcome.Cancelled());
    assertThat(run.members()).isEmpty();
  }

  @Test
  void missingDataIsADataFailure() throws IOException {
    Path nowhere = directory.resolve("nowhere");
    MemberPlan plan =
        plan(
            TrainingFixtures.missingData(nowhere.toString()),
            training(1, 8, 0.1),
            List.of(1.0, 1.0));
    MemberRun run = new MemberRun(plan, directory);

    assertThat(run.train())
        .isInstanceOfSatisfying(
            MemberOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(ErrorKind.DATA);
              assertThat(failed.message()).contains(nowhere.toString(), "data.directory");
              assertThat(failed.trace()).contains("ModelZooException");
            });
    assertThat(run.members()).isEmpty();
  }

  @Test
  void lackOfMemoryIsAClusterFailureThatSaysWhatToLower() throws IOException {
    MemberRun run = new MemberRun(plan(training(1, 8, 0.1)), directory);

    MemberOutcome outcome =
        run.train(
            () -> {
              throw new OutOfMemoryError("Java heap space");
            });

    assertThat(outcome)
        .isInstanceOfSatisfying(
            MemberOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(ErrorKind.CLUSTER);
              assertThat(failed.message())
                  .contains(
                      "Java heap space",
                      "spark.executor.memory",
                      "training.batch-size",
                      "cluster.members-at-once");
            });
    assertThat(run.members()).isEmpty();
  }

  @Test
  void aPoisonedDeviceIsNoOutcomeOfTheMember() throws IOException {
    MemberRun run = new MemberRun(plan(training(1, 8, 0.1)), directory);
    PoisonedDeviceException poisoned = new PoisonedDeviceException("illegal access", null);

    assertThatThrownBy(
            () ->
                run.train(
                    () -> {
                      throw poisoned;
                    }))
        .isSameAs(poisoned);
    assertThat(run.members()).isEmpty();
  }

  @Test
  void unexpectedExceptionIsABug() throws IOException {
    MemberRun run = new MemberRun(plan(training(1, 8, 0.1)), directory);

    MemberOutcome outcome =
        run.train(
            () -> {
              throw new IllegalStateException("never");
            });

    assertThat(outcome)
        .isInstanceOfSatisfying(
            MemberOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind().exitCode()).isEqualTo(1);
              assertThat(failed.message())
                  .isEqualTo(
                      "this is a bug: java.lang.IllegalStateException: never; report it with --stacktrace");
            });
  }

  @Test
  void unwritableRunDirectoryIsAClusterFailure() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    MemberRun run = new MemberRun(plan(training(1, 8, 0.1)), file.resolve("run"));

    assertThat(run.train())
        .isInstanceOfSatisfying(
            MemberOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(ErrorKind.CLUSTER);
              assertThat(failed.message())
                  .startsWith("can't read or write the run directory " + file + "/run: ");
            });
  }
}
