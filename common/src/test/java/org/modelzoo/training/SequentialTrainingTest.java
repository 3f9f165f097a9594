package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.training.TrainingFixtures.TRAIN_PER_TASK;
import static org.modelzoo.training.TrainingFixtures.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.store.Predictions.Split;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Members of fine-tuning and experience replay, which continue the network before them. */
class SequentialTrainingTest {
  /** So small that no weight of the backbone changes in float32. */
  private static final double STANDING_STILL = 1e-30;

  @TempDir Path directory;

  @Test
  void beginsWithTheNetworkBeforeAndAHeadMore() throws IOException {
    MemberRun first = new MemberRun(plan("first", 1, null, 0, training(1, 8, 0.1)), directory);
    first.train();
    MemberRun second =
        new MemberRun(plan("second", 2, "first", 0, training(1, 8, STANDING_STILL)), directory);
    second.train();

    Map<String, INDArray> before = parameters(first);
    Map<String, INDArray> after = parameters(second);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach(
        (name, values) -> {
          boolean statistics = name.endsWith("mean") || name.endsWith("var");
          if (name.equals("heads_W")) {
            INDArray sameHead =
                after.get(name).get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2));
            assertThat(sameHead.dup().equals(values)).as(name).isTrue();
          } else if (!name.equals("heads_b") && !statistics) {
            assertThat(after.get(name).equals(values)).as(name).isTrue();
          }
        });
    assertThat(after.get("heads_W").shape()).containsExactly(before.get("heads_W").size(0), 4);
  }

  @Test
  void fineTuningSeesTheNewTaskAlone() {
    MemberImages images = images(plan("m", 3, "before", 0, training(1, 8, 0.1)));

    assertThat(sizes(images, 1)).containsExactly(0, 0, TRAIN_PER_TASK);
    assertThat(images.imagesPerEpoch()).isEqualTo(TRAIN_PER_TASK);
  }

  @Test
  void replayTakesAsManyImagesAsAZoosMemberWithOtherOnesEachEpoch() {
    MemberPlan plan = plan("m", 3, "before", 1, training(1, 8, 0.1));
    MemberImages images = images(plan);

    assertThat(images.reservoir().size()).isEqualTo(2 * TRAIN_PER_TASK);
    assertThat(images.imagesPerEpoch()).isEqualTo(2 * TRAIN_PER_TASK);
    List<Integer> sizes = sizes(images, 1);
    assertThat(sizes.get(0) + sizes.get(1)).isEqualTo(TRAIN_PER_TASK);
    assertThat(sizes.get(2)).isEqualTo(TRAIN_PER_TASK);
    assertThat(images.ofEpoch(1).get(0).pixels()).isNotEqualTo(images.ofEpoch(2).get(0).pixels());
  }

  private static List<Integer> sizes(MemberImages images, long seed) {
    return images.ofEpoch(seed).stream().map(it -> it.size()).toList();
  }

  private static MemberImages images(MemberPlan plan) {
    return MemberImages.load(plan, new Configuration());
  }

  private static Map<String, INDArray> parameters(MemberRun run) throws IOException {
    ComputationGraph graph = run.network();
    return graph.paramTable();
  }

  private static MemberPlan plan(
      String id, int tasks, String before, int replayed, TrainingConfig training) {
    MemberPlan plan = TrainingFixtures.plan(training);
    return new MemberPlan(
        id,
        IntStream.range(0, tasks).boxed().toList(),
        Collections.nCopies(tasks, 1.0),
        new Continuation(before, 0, replayed),
        plan.seed(),
        plan.dataSeed(),
        plan.data(),
        plan.network(),
        plan.training(),
        List.of(Split.TEST),
        plan.signalImages());
  }
}
