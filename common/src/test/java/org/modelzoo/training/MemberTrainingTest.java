package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.training.TrainingFixtures.TEST_PER_TASK;
import static org.modelzoo.training.TrainingFixtures.TRAIN_PER_TASK;
import static org.modelzoo.training.TrainingFixtures.VALIDATION_PER_TASK;
import static org.modelzoo.training.TrainingFixtures.evaluated;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.Normaliser;
import org.modelzoo.data.TaskLoader;
import org.modelzoo.network.dl4j.Predictor;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

class MemberTrainingTest {
  private static final MemberOutcome COMPLETED = new MemberOutcome.Completed(List.of());

  @TempDir Path directory;

  @Test
  void commitsAMemberThatLearned() throws IOException {
    MemberRun run = new MemberRun(plan(training(8, 8, 0.1)), directory);

    assertThat(run.train()).isEqualTo(COMPLETED);

    MemberFile file = run.member().file();
    assertThat(file.tasks()).containsExactly(2, 0);
    assertThat(file.seed()).isEqualTo(11);
    assertThat(file.trainImages()).isEqualTo(2L * TRAIN_PER_TASK * 8);
    assertThat(file.epochs()).hasSize(8);
    assertThat(file.epochs().get(7).loss()).isLessThan(file.epochs().get(0).loss());
    assertThat(file.epochs()).allMatch(epoch -> epoch.accuracy() >= 0 && epoch.accuracy() <= 1);
    assertThat(file.finishedMillis()).isGreaterThanOrEqualTo(file.startedMillis());
    assertThat(directory.resolve("members/m"))
        .isDirectoryContaining("glob:**model.zip")
        .isDirectoryContaining("glob:**predictions.bin")
        .isDirectoryContaining("glob:**outcome.json");
    assertThat(run.heard()).last().satisfies(progress -> assertThat(progress.epoch()).isEqualTo(8));
    assertThat(run.heard().get(run.heard().size() - 1).imagesDone()).isEqualTo(file.trainImages());
  }

  @Test
  void storesWhatItsModelPredicts() throws IOException {
    MemberPlan plan = plan(training(2, 8, 0.1));
    MemberRun run = new MemberRun(plan, directory);
    run.train();

    List<Block> blocks = run.member().predictions().blocks();
    assertThat(blocks).extracting(Block::task).containsExactly(2, 2, 0, 0);
    assertThat(blocks)
        .extracting(Block::split)
        .containsExactly(Split.VALIDATION, Split.TEST, Split.VALIDATION, Split.TEST);
    assertThat(blocks)
        .extracting(block -> block.labels().length)
        .containsExactly(VALIDATION_PER_TASK, TEST_PER_TASK, VALIDATION_PER_TASK, TEST_PER_TASK);
    Predictor predictor = new Predictor(run.network(), plan.networkSpec());
    for (int head = 0; head < 2; head++) {
      LabelledImages test =
          TaskLoader.of(plan.data(), plan.dataSeed(), new Configuration())
              .load(plan.tasks().get(head))
              .test();
      float[] features = new float[test.pixels().length];
      new Normaliser(plan.data().normalisation()).normalise(test, 0, test.size(), features);
      Block stored = blocks.get(2 * head + 1);
      assertThat(stored.labels()).isEqualTo(test.labels());
      assertThat(stored.probabilities())
          .isEqualTo(predictor.probabilities(features, test.size(), head));
    }
  }

  @Test
  void trainedTwiceHasTheSameBits(@TempDir Path other) throws IOException {
    MemberRun first = new MemberRun(plan(training(2, 8, 0.1)), directory);
    MemberRun second = new MemberRun(plan(training(2, 8, 0.1)), other);
    first.train();
    second.train();

    assertThat(second.parameters()).isEqualTo(first.parameters());
    assertThat(second.member().file().epochs()).isEqualTo(first.member().file().epochs());
    assertThat(second.member().predictions())
        .usingRecursiveComparison()
        .isEqualTo(first.member().predictions());
  }

  @Test
  void evaluationsBetweenEpochsChangeNoBit(@TempDir Path other) throws IOException {
    TrainingConfig training = training(4, 8, 0.1);
    MemberRun plain = new MemberRun(plan(training), directory);
    MemberRun evaluated = new MemberRun(plan(evaluated(training, 2)), other);
    assertThat(plain.train()).isEqualTo(COMPLETED);

    MemberOutcome outcome = evaluated.train();

    MemberFile file = evaluated.member().file();
    assertThat(outcome).isEqualTo(new MemberOutcome.Completed(List.of(), file.evaluations()));
    assertThat(evaluated.evaluations()).isEqualTo(file.evaluations());
    assertThat(file.evaluations()).extracting(MemberFile.Evaluation::epoch).containsExactly(2, 4);
    List<Block> blocks = evaluated.member().predictions().blocks();
    TaskScore first = TaskScore.of(blocks.get(1));
    TaskScore second = TaskScore.of(blocks.get(3));
    assertThat(file.evaluations().get(1))
        .as("the last one is what the member ends with on test images")
        .isEqualTo(
            new MemberFile.Evaluation(
                4,
                List.of(first.loss(), second.loss()),
                List.of(first.accuracy(), second.accuracy())));
    assertThat(evaluated.parameters()).isEqualTo(plain.parameters());
    assertThat(file.epochs()).isEqualTo(plain.member().file().epochs());
    assertThat(blocks).usingRecursiveComparison().isEqualTo(plain.member().predictions().blocks());
    assertThat(evaluated.train())
        .as("a member that is there tells what it was evaluated to")
        .isEqualTo(outcome);
  }

  @Test
  void committedMemberIsNotTrainedAgain() throws IOException {
    new MemberRun(plan(training(1, 8, 0.1)), directory).train();
    Path outcome = directory.resolve("members/m/outcome.json");
    String before = Files.readString(outcome);

    MemberRun again = new MemberRun(plan(training(1, 8, 0.1)), directory);

    assertThat(again.train()).isEqualTo(COMPLETED);
    assertThat(again.heard()).isEmpty();
    assertThat(outcome).content().isEqualTo(before);
  }

  @Test
  void damagedMemberIsTrainedAgainAndTheRemarkSaysSo() throws IOException {
    MemberRun run = new MemberRun(plan(training(1, 8, 0.1)), directory);
    run.train();
    float[] before = run.parameters();
    Path model = directory.resolve("members/m/model.zip");
    Files.write(model, new byte[] {1, 2, 3});

    assertThat(run.train())
        .isInstanceOfSatisfying(
            MemberOutcome.Completed.class,
            completed ->
                assertThat(completed.remarks())
                    .singleElement()
                    .asString()
                    .startsWith("file:" + model + " is damaged: its SHA-256 is ")
                    .endsWith("; the member was trained again"));
    assertThat(run.parameters()).isEqualTo(before);
  }

  @Test
  void memberOfAnotherSeedIsTrainedAgain() throws IOException {
    MemberPlan plan = plan(training(1, 8, 0.1));
    MemberPlan other =
        new MemberPlan(
            plan.id(),
            plan.tasks(),
            plan.kept(),
            plan.continuation(),
            12,
            plan.dataSeed(),
            plan.data(),
            plan.network(),
            plan.training(),
            plan.splits(),
            plan.signalImages());
    new MemberRun(other, directory).train();
    MemberRun run = new MemberRun(plan, directory);

    assertThat(run.train())
        .isInstanceOfSatisfying(
            MemberOutcome.Completed.class,
            completed ->
                assertThat(completed.remarks())
                    .singleElement()
                    .asString()
                    .contains("belongs to another plan: its seed is 12")
                    .endsWith("; the member was trained again"));
    assertThat(run.member().file().seed()).isEqualTo(11);
  }

  @ParameterizedTest
  @CsvSource({
    // All 16 images of the new task; of the old one's 8 per class so many, repeated ⌊1 / r⌋ times:
    "0.5,   32", // 4 per class, twice
    "0.25,  32", // 2 per class, four times
    "0.375, 28", // 3 per class, twice
    "1,     32"
  })
  void replayedTaskKeepsItsShare(double kept, long images) throws IOException {
    MemberPlan plan = plan(TrainingFixtures.data(), training(1, 8, 0.1), List.of(1.0, kept));
    MemberRun run = new MemberRun(plan, directory);

    assertThat(run.train()).isEqualTo(COMPLETED);

    assertThat(run.member().file().trainImages()).isEqualTo(images);
    assertThat(run.member().predictions().blocks().get(3).labels()).hasSize(TEST_PER_TASK);
  }

  @ParameterizedTest
  @CsvSource({"1000", "31", "1"})
  void batchMayBeLargerThanTheDataOrASingleImage(int batchSize) throws IOException {
    MemberRun run = new MemberRun(plan(training(1, batchSize, 0.01)), directory);

    assertThat(run.train()).isEqualTo(COMPLETED);
    assertThat(run.member().file().trainImages()).isEqualTo(2L * TRAIN_PER_TASK);
  }
}
