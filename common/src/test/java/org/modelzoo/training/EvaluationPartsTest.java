package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.training;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ZooConfig.SignalImages;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskImages;
import org.modelzoo.network.Device;
import org.modelzoo.network.Network;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

class EvaluationPartsTest {
  private static final List<Split> ALL = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);

  @Test
  void augmentedSignalImagesAreTheSameHoweverManyWorkersPredictThem() {
    MemberPlan plan = augmented(plan(training(2, 8, 0.1)), 11);
    // More than a batch of images, so that two workers have a part each.
    MemberImages images = manyTimes(MemberImages.load(plan, new Configuration()), 20);
    try (Network network = MemberNetwork.open(plan, Device.processor(1))) {
      Evaluation evaluation = new Evaluation(plan, network);
      Block whole = evaluation.part(images.tasks(), List.of(Split.TRAIN), 0, 1).blocks().get(0);
      Block first = evaluation.part(images.tasks(), List.of(Split.TRAIN), 0, 2).blocks().get(0);
      Block second = evaluation.part(images.tasks(), List.of(Split.TRAIN), 1, 2).blocks().get(0);

      assertThat(second.labels()).isNotEmpty();
      assertThat(joined(first.probabilities(), second.probabilities()))
          .isEqualTo(whole.probabilities());
      // The same image came twenty times, and was changed in several ways.
      Set<Float> ways = new HashSet<>();
      for (int copy = 0; copy < 20; copy++) {
        ways.add(whole.probabilities()[2 * TrainingFixtures.TRAIN_PER_TASK * copy]);
      }
      assertThat(ways).hasSizeGreaterThan(5);
    }
  }

  @Test
  void onlyTrainingImagesAreAugmentedAndByEachMembersSeed() {
    MemberPlan clean = plan(training(2, 8, 0.1));
    MemberImages images = MemberImages.load(clean, new Configuration());
    try (Network network = MemberNetwork.open(clean, Device.processor(1))) {
      List<Block> expected = blocks(clean, network, images);
      List<Block> augmented = blocks(augmented(clean, 11), network, images);
      List<Block> ofAnother = blocks(augmented(clean, 12), network, images);

      for (int block = 0; block < expected.size(); block++) {
        float[] plain = expected.get(block).probabilities();
        float[] changed = augmented.get(block).probabilities();
        float[] changedOtherwise = ofAnother.get(block).probabilities();
        assertThat(augmented.get(block).labels()).isEqualTo(expected.get(block).labels());
        if (expected.get(block).split() == Split.TRAIN) {
          assertThat(changed).isNotEqualTo(plain).isNotEqualTo(changedOtherwise);
        } else {
          assertThat(changed).isEqualTo(plain).isEqualTo(changedOtherwise);
        }
      }
    }
  }

  private static List<Block> blocks(MemberPlan plan, Network network, MemberImages images) {
    return new Evaluation(plan, network).part(images.tasks(), ALL, 0, 1).blocks();
  }

  private static MemberPlan augmented(MemberPlan plan, long seed) {
    return new MemberPlan(
        plan.id(),
        plan.tasks(),
        plan.kept(),
        plan.continuation(),
        seed,
        plan.dataSeed(),
        plan.data(),
        plan.network(),
        plan.training(),
        ALL,
        SignalImages.AUGMENTED);
  }

  private static MemberImages manyTimes(MemberImages images, int times) {
    List<TaskImages> tasks =
        images.tasks().stream()
            .map(
                task ->
                    new TaskImages(repeated(task.train(), times), task.validation(), task.test()))
            .toList();
    return new MemberImages(tasks, images.training(), null, 0);
  }

  private static LabelledImages repeated(LabelledImages images, int times) {
    byte[] pixels = new byte[images.pixels().length * times];
    short[] labels = new short[images.size() * times];
    for (int copy = 0; copy < times; copy++) {
      System.arraycopy(
          images.pixels(), 0, pixels, copy * images.pixels().length, images.pixels().length);
      System.arraycopy(images.labels(), 0, labels, copy * images.size(), images.size());
    }
    return new LabelledImages(images.shape(), pixels, labels);
  }

  private static float[] joined(float[] first, float[] second) {
    float[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  @Test
  void thePartsOfSeveralWorkersHoldEveryImageOnceInOrder() {
    MemberPlan plan = plan(training(1, 8, 0.1));
    MemberImages images = MemberImages.load(plan, new Configuration());
    try (Network network = MemberNetwork.open(plan, Device.processor(1))) {
      Evaluation evaluation = new Evaluation(plan, network);
      Predictions whole = evaluation.part(images.tasks(), plan.splits(), 0, 1);
      List<Predictions> parts =
          List.of(
              evaluation.part(images.tasks(), plan.splits(), 0, 2),
              evaluation.part(images.tasks(), plan.splits(), 1, 2));

      for (int block = 0; block < whole.blocks().size(); block++) {
        float[] expected = whole.blocks().get(block).probabilities();
        float[] first = parts.get(0).blocks().get(block).probabilities();
        float[] second = parts.get(1).blocks().get(block).probabilities();
        assertThat(joined(first, second)).isEqualTo(expected);
      }
    }
  }
}
