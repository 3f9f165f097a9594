package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.ReplayWeights;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

class TaskSetEnsembleTest {
  private static final List<TaskConfig> TASKS =
      ConfigLoader.load(List.of(), List.of("data.set.source.classes-per-task=2"))
          .values()
          .data()
          .set()
          .tasks();

  private final TaskSetEnsemble ensemble = new TaskSetEnsemble(TASKS, new ReplayWeights(1));

  @Test
  void aTaskWithoutAMemberIsGuessed() {
    assertThat(ensemble.score(0, Split.TEST))
        .isEqualTo(new TaskSetEnsemble.Score(Math.log(2), 0.5));
  }

  @Test
  void aTaskIsScoredAgainOnceItGetsAMember() {
    ensemble.score(0, Split.TEST);
    add(0, 0.9f);
    assertThat(ensemble.score(0, Split.TEST).loss()).isCloseTo(-Math.log(0.9), within(1e-6));
    assertThat(ensemble.score(0, Split.TEST).accuracy()).isEqualTo(1);
    add(0, 0.1f);
    assertThat(ensemble.score(0, Split.TEST).loss()).isCloseTo(-Math.log(0.5), within(1e-6));
  }

  @Test
  void theOtherTasksKeepTheirScores() {
    add(1, 0.8f);
    TaskSetEnsemble.Score before = ensemble.score(1, Split.TEST);
    add(0, 0.9f);
    assertThat(ensemble.score(1, Split.TEST)).isSameAs(before);
  }

  private void add(int task, float probability) {
    Block block =
        new Block(task, Split.TEST, 2, new short[] {0}, new float[] {probability, 1 - probability});
    ensemble.add(
        new MemberTasks(0, 0, List.of(task), OptionalInt.empty()), new Predictions(List.of(block)));
  }
}
