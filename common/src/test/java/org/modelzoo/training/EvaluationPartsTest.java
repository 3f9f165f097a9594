package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.training;

import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.modelzoo.store.Predictions;

class EvaluationPartsTest {
  @Test
  void thePartsOfSeveralWorkersHoldEveryImageOnceInOrder() {
    MemberPlan plan = plan(training(1, 8, 0.1));
    MemberImages images = MemberImages.load(plan, new Configuration());
    try (Replica replica = new Replica(plan)) {
      Evaluation evaluation = new Evaluation(plan, replica.graph());
      Predictions whole = evaluation.part(images.tasks(), plan.splits(), 0, 1);
      List<Predictions> parts =
          List.of(
              evaluation.part(images.tasks(), plan.splits(), 0, 2),
              evaluation.part(images.tasks(), plan.splits(), 1, 2));

      for (int block = 0; block < whole.blocks().size(); block++) {
        float[] expected = whole.blocks().get(block).probabilities();
        float[] first = parts.get(0).blocks().get(block).probabilities();
        float[] second = parts.get(1).blocks().get(block).probabilities();
        float[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        assertThat(joined).isEqualTo(expected);
      }
    }
  }
}
