package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.modelzoo.training.TrainingFixtures.by;
import static org.modelzoo.training.TrainingFixtures.evaluated;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.shared;
import static org.modelzoo.training.TrainingFixtures.training;
import static org.modelzoo.training.TrainingFixtures.withoutDropout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.DataParallelConfig;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.store.Computation;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

class DataParallelTrainingTest {
  private static final MemberOutcome COMPLETED = new MemberOutcome.Completed(List.of());
  private static final TrainingConfig ALONE = training(3, 8, 0.1);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(names = {"DL4J", "TORCH"})
  void oneWorkerThatAveragesEachStepEndsWithTheBitsOfASingleMachine(EngineChoice engine)
      throws IOException {
    MemberRun alone =
        new MemberRun(by(engine, withoutDropout(plan(ALONE))), directory.resolve("alone"));
    alone.train();
    MemberPlan plan = by(engine, withoutDropout(withWorkers(1, 1)));
    MemberRun together = new MemberRun(plan, directory.resolve("together"));

    assertThat(train(plan, "together", new LocalReplicas(plan))).isEqualTo(COMPLETED);

    assertThat(together.parameters()).isEqualTo(alone.parameters());
    assertThat(together.member().predictions().blocks())
        .usingRecursiveComparison()
        .isEqualTo(alone.member().predictions().blocks());
    assertThat(together.member().file().trainImages())
        .isEqualTo(alone.member().file().trainImages());
    assertThat(together.member().file().epochs().get(2).loss())
        .isCloseTo(alone.member().file().epochs().get(2).loss(), within(1e-9));
    assertThat(together.member().file().computation())
        .isEqualTo(new Computation(KebabCase.of(engine), "float32", null));
  }

  @Test
  void workersTakeAsManyStepsTogetherAsOneMachineAndNoneCrossesAnEpoch() {
    MemberPlan plan = withWorkers(2, 3);
    LocalReplicas replicas = new LocalReplicas(plan);

    train(plan, "two", replicas);

    int steps = (replicas.imagesPerEpoch() + 7) / 8;
    for (int epoch = 0; epoch < 3; epoch++) {
      int wanted = epoch;
      List<AveragingPeriod> periods =
          replicas.trained().stream().filter(period -> period.epoch() == wanted).toList();
      assertThat(periods.get(0).firstStep()).isZero();
      assertThat(periods.get(periods.size() - 1).endStep()).isEqualTo(steps);
      assertThat(periods)
          .allSatisfy(it -> assertThat(it.endStep() - it.firstStep()).isBetween(1, 3));
    }
  }

  @Test
  void continuesAfterTheLastEpochWithTheSameBits() throws IOException {
    MemberPlan plan = plan(evaluated(shared(ALONE, new DataParallelConfig(2, 2, 0, 1, true)), 1));
    train(plan, "undisturbed", new LocalReplicas(plan));
    LocalReplicas lost = new LocalReplicas(plan);
    MemberOutcome outcome = train(plan, "continued", new Failing(lost, 2));
    assertThat(outcome).isInstanceOf(MemberOutcome.Failed.class);
    MemberRun continued = new MemberRun(plan, directory.resolve("continued"));
    assertThat(continued.checkpoints()).containsExactly("m.bin");
    LocalReplicas rest = new LocalReplicas(plan);

    assertThat(train(plan, "continued", rest)).isInstanceOf(MemberOutcome.Completed.class);

    assertThat(rest.trained().get(0).epoch()).isEqualTo(2);
    MemberRun undisturbed = new MemberRun(plan, directory.resolve("undisturbed"));
    assertThat(continued.parameters()).isEqualTo(undisturbed.parameters());
    assertThat(continued.member().file().evaluations())
        .hasSize(3)
        .isEqualTo(undisturbed.member().file().evaluations());
    assertThat(continued.checkpoints()).isEmpty();
  }

  private static MemberPlan withWorkers(int workers, int frequency) {
    return plan(shared(ALONE, new DataParallelConfig(workers, frequency, 0, 1, true)));
  }

  private MemberOutcome train(MemberPlan plan, String name, Replicas replicas) {
    RunDirectory run = RunDirectory.at(directory.resolve(name).toString(), new Configuration());
    return MemberTraining.by(replicas, plan, run).run(progress -> {}, () -> false);
  }

  /** Workers that are lost with the cluster in some epoch. */
  private record Failing(Replicas replicas, int epoch) implements Replicas {
    @Override
    public int imagesPerEpoch() {
      return replicas.imagesPerEpoch();
    }

    @Override
    public Average train(float[] parameters, float[] momentum, AveragingPeriod period) {
      if (period.epoch() == epoch && period.firstStep() > 0) {
        throw new ModelZooException(ErrorKind.CLUSTER, "the cluster is gone");
      }
      return replicas.train(parameters, momentum, period);
    }

    @Override
    public Predictions predict(float[] parameters, List<Split> splits) {
      return replicas.predict(parameters, splits);
    }
  }
}
