package org.modelzoo.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.Method;
import org.modelzoo.config.ZooConfig;
import org.modelzoo.config.ZooConfig.Mode;
import org.modelzoo.config.ZooConfig.Sampling;
import org.modelzoo.config.ZooConfig.WeightMean;

class RoundPlannerTest {
  private static final double UNKNOWN = Double.NaN;
  private static final double[] NO_LOSSES = {};

  @Property
  void continualMembersHoldTheNewTaskAndDrawnOldOnes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int tasks,
      @ForAll @IntRange(min = 1, max = 4) int members) {
    int perRound = 1 + (int) Long.remainderUnsigned(seed, tasks);
    ZooConfig zoo = zoo(Mode.CONTINUAL, 99, perRound, members, Sampling.BOOSTED);
    RoundPlanner planner = new RoundPlanner(Method.ZOO, zoo, classes(tasks), seed);

    assertThat(planner.rounds()).isEqualTo(tasks);
    for (int round = 0; round < tasks; round++) {
      int now = round;
      RoundPlan plan = planner.plan(round, seenLosses(tasks, round));
      assertThat(plan.members()).hasSize(members);
      assertThat(planner.tasksSeen(round)).isEqualTo(round + 1);
      for (MemberTasks member : plan.members()) {
        assertThat(member.tasks())
            .hasSize(Math.min(perRound, round + 1))
            .doesNotHaveDuplicates()
            .startsWith(round)
            .allMatch(task -> task <= now);
        assertThat(member.newTask()).hasValue(round);
      }
    }
  }

  @Property
  void multiTaskMembersHoldDrawnTasks(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int tasks) {
    int perRound = 1 + (int) Long.remainderUnsigned(seed, tasks);
    ZooConfig zoo = zoo(Mode.MULTI_TASK, 3, perRound, 2, Sampling.BOOSTED);
    RoundPlanner planner = new RoundPlanner(Method.ZOO, zoo, classes(tasks), seed);

    assertThat(planner.rounds()).isEqualTo(3);
    for (int round = 0; round < 3; round++) {
      assertThat(planner.tasksSeen(round)).isEqualTo(tasks);
      for (MemberTasks member : planner.plan(round, seenLosses(tasks, tasks)).members()) {
        assertThat(member.tasks()).hasSize(perRound).doesNotHaveDuplicates();
        assertThat(member.newTask()).isEmpty();
      }
    }
  }

  @Test
  void aRoundDrawsByTheWeightsOfTheLossesWithASeedPerMember() {
    ZooConfig zoo = zoo(Mode.CONTINUAL, 1, 3, 2, Sampling.BOOSTED);
    double[] losses = {0.2, 0.9, 0.1, UNKNOWN, UNKNOWN};

    RoundPlan plan = new RoundPlanner(Method.ZOO, zoo, classes(5), 42).plan(3, losses);

    double[] weights = TaskWeights.from(losses);
    assertThat(plan.weights())
        .containsExactlyElementsOf(Arrays.stream(weights).boxed().toList())
        .endsWith(1.0, 1.0);
    for (int member = 0; member < 2; member++) {
      int[] drawn =
          TaskSampler.draw(Arrays.copyOf(weights, 3), 2, Seeds.random(42, "sampling", 3, member));
      assertThat(plan.members().get(member))
          .isEqualTo(new MemberTasks(3, member, List.of(3, drawn[0], drawn[1]), OptionalInt.of(3)));
    }
  }

  @Test
  void withTheMeanOverAllTasksThoseToComeCountAsUniformlyPredicted() {
    ZooConfig zoo = zoo(Mode.CONTINUAL, 1, 3, 1, Sampling.BOOSTED, WeightMean.ALL);
    List<Integer> classes = List.of(5, 5, 5, 2, 10);
    double[] losses = {0.2, 0.9, 0.1, UNKNOWN, UNKNOWN};

    RoundPlan plan = new RoundPlanner(Method.ZOO, zoo, classes, 42).plan(3, losses);

    // (0.2 + 0.9 + 0.1 + ln 2 + ln 10) / 5 = 0.8391465.
    assertThat(plan.weights().stream().mapToDouble(Double::doubleValue).toArray())
        .containsExactly(
            new double[] {
              Math.exp(0.2 / 0.8391465 - 1),
              Math.exp(0.9 / 0.8391465 - 1),
              Math.exp(0.1 / 0.8391465 - 1),
              1,
              1
            },
            within(1e-6));
  }

  @Test
  void aPlanIsTheSameForTheSameArgumentsAndDependsOnTheSeed() {
    ZooConfig zoo = zoo(Mode.MULTI_TASK, 5, 4, 3, Sampling.BOOSTED);
    double[] losses = seenLosses(20, 20);
    RoundPlan plan = new RoundPlanner(Method.ZOO, zoo, classes(20), 1).plan(2, losses);

    assertThat(new RoundPlanner(Method.ZOO, zoo, classes(20), 1).plan(2, losses)).isEqualTo(plan);
    assertThat(new RoundPlanner(Method.ZOO, zoo, classes(20), 2).plan(2, losses))
        .isNotEqualTo(plan);
    Set<List<Integer>> different = new HashSet<>();
    plan.members().forEach(member -> different.add(member.tasks()));
    assertThat(different).hasSize(3);
  }

  @Test
  void beforeTheFirstRoundAllWeightsAreOne() {
    ZooConfig zoo = zoo(Mode.MULTI_TASK, 2, 1, 1, Sampling.BOOSTED);

    assertThat(new RoundPlanner(Method.ZOO, zoo, classes(3), 1).plan(0, NO_LOSSES).weights())
        .containsExactly(1.0, 1.0, 1.0);
  }

  @Test
  void uniformSamplingDoesNotLookAtTheLosses() {
    ZooConfig zoo = zoo(Mode.MULTI_TASK, 2, 2, 1, Sampling.UNIFORM);
    RoundPlanner planner = new RoundPlanner(Method.ZOO, zoo, classes(3), 1);

    assertThat(planner.plan(1, new double[] {9, 0, 0}))
        .isEqualTo(planner.plan(1, new double[] {0, 9, 0}));
    assertThat(planner.plan(1, new double[] {9, 0, 0}).weights()).containsExactly(1.0, 1.0, 1.0);
  }

  @Test
  void aWarmStartIsOneMemberOnAllTasksBeforeTheRounds() {
    ZooConfig zoo =
        new ZooConfig(
            Mode.MULTI_TASK,
            2,
            2,
            3,
            Sampling.BOOSTED,
            ZooConfig.Signal.TRAINING,
            ZooConfig.SignalImages.CLEAN,
            WeightMean.SEEN,
            true,
            1,
            0,
            false);
    RoundPlanner planner = new RoundPlanner(Method.ZOO, zoo, classes(4), 1);

    assertThat(planner.rounds()).isEqualTo(3);
    assertThat(planner.plan(0, NO_LOSSES).members())
        .containsExactly(new MemberTasks(0, 0, List.of(0, 1, 2, 3), OptionalInt.empty()));
    assertThat(planner.plan(1, seenLosses(4, 4)).members()).hasSize(3);
  }

  @Test
  void isolatedTrainsAMemberForEachTaskInOneRound() {
    ZooConfig zoo = zoo(Mode.CONTINUAL, 9, 99, 9, Sampling.BOOSTED);
    RoundPlanner planner = new RoundPlanner(Method.ISOLATED, zoo, classes(3), 1);

    assertThat(planner.rounds()).isEqualTo(1);
    assertThat(planner.tasksSeen(0)).isEqualTo(3);
    assertThat(planner.plan(0, NO_LOSSES).members())
        .containsExactly(
            new MemberTasks(0, 0, List.of(0), OptionalInt.empty()),
            new MemberTasks(0, 1, List.of(1), OptionalInt.empty()),
            new MemberTasks(0, 2, List.of(2), OptionalInt.empty()));
  }

  @Test
  void multiHeadTrainsOneMemberOnAllTasks() {
    ZooConfig zoo = zoo(Mode.CONTINUAL, 9, 99, 9, Sampling.BOOSTED);
    RoundPlanner planner = new RoundPlanner(Method.MULTI_HEAD, zoo, classes(3), 1);

    assertThat(planner.rounds()).isEqualTo(1);
    assertThat(planner.plan(0, NO_LOSSES).members())
        .containsExactly(new MemberTasks(0, 0, List.of(0, 1, 2), OptionalInt.empty()));
  }

  @Test
  void lossesThatDoNotFitTheRoundAreRefused() {
    RoundPlanner continual =
        new RoundPlanner(Method.ZOO, zoo(Mode.CONTINUAL, 1, 2, 1, Sampling.BOOSTED), classes(3), 1);
    RoundPlanner multiTask =
        new RoundPlanner(
            Method.ZOO, zoo(Mode.MULTI_TASK, 2, 2, 1, Sampling.BOOSTED), classes(3), 1);

    assertThatThrownBy(() -> continual.plan(1, new double[] {1, 1, UNKNOWN}))
        .hasMessage("after round 0, the loss of task 1 is 1.0");
    assertThatThrownBy(() -> continual.plan(2, new double[] {1, UNKNOWN, UNKNOWN}))
        .hasMessage("after round 1, the loss of task 1 is NaN");
    assertThatThrownBy(() -> multiTask.plan(1, new double[] {1, 1, UNKNOWN}))
        .hasMessage("after round 0, the loss of task 2 is NaN");
    assertThatThrownBy(() -> multiTask.plan(1, new double[] {1, 1}))
        .hasMessage("2 losses for 3 tasks");
    assertThatThrownBy(() -> multiTask.plan(2, new double[] {1, 1, 1})).hasMessage("round 2 of 2");
    assertThatThrownBy(
            () ->
                new RoundPlanner(
                    Method.ZOO, zoo(Mode.MULTI_TASK, 2, 4, 1, Sampling.BOOSTED), classes(3), 1))
        .hasMessage("4 of 3 tasks per round");
  }

  @Test
  void aSequentialMemberHasAHeadForEachTaskSoFarAndContinuesTheOneBefore() {
    ZooConfig zoo = zoo(Mode.MULTI_TASK, 9, 2, 9, Sampling.BOOSTED);
    for (Method method : List.of(Method.FINE_TUNING, Method.REPLAY)) {
      RoundPlanner planner = new RoundPlanner(method, zoo, classes(3), 1);

      assertThat(planner.rounds()).isEqualTo(3);
      assertThat(planner.tasksSeen(1)).isEqualTo(2);
      RoundPlan last = planner.plan(2, seenLosses(3, 2));
      MemberTasks member = new MemberTasks(2, 0, List.of(0, 1, 2), OptionalInt.of(2));
      assertThat(last).isEqualTo(new RoundPlan(2, List.of(1.0, 1.0, 1.0), List.of(member)));
      assertThat(member.continued(method)).contains("round-001-member-00");
      assertThat(planner.plan(0, NO_LOSSES).members().get(0).continued(method)).isEmpty();
      assertThat(member.continued(Method.ZOO)).isEmpty();
    }
  }

  @Test
  void anIsolatedEnsembleHasAMemberForEachHeadOfTheZoosMembers() {
    ZooConfig zoo = zoo(Mode.CONTINUAL, 9, 2, 2, Sampling.BOOSTED);
    List<Double> weights = List.of(0.5, 2.0, 1.0);
    List<List<Integer>> members = List.of(List.of(2, 0), List.of(2, 1));

    assertThat(
            new RoundPlanner(Method.ISOLATED_ENSEMBLE, zoo, classes(3), 1)
                .following(2, weights, members)
                .members())
        .containsExactly(
            new MemberTasks(2, 0, List.of(2), OptionalInt.of(2)),
            new MemberTasks(2, 1, List.of(0), OptionalInt.of(2)),
            new MemberTasks(2, 2, List.of(2), OptionalInt.of(2)),
            new MemberTasks(2, 3, List.of(1), OptionalInt.of(2)));
    assertThat(new RoundPlanner(Method.REFIT, zoo, classes(3), 1).following(2, weights, members))
        .isEqualTo(
            new RoundPlan(
                2,
                weights,
                List.of(
                    new MemberTasks(2, 0, List.of(2, 0), OptionalInt.of(2)),
                    new MemberTasks(2, 1, List.of(2, 1), OptionalInt.of(2)))));
  }

  private static ZooConfig zoo(
      Mode mode, int rounds, int tasksPerRound, int members, Sampling sampling) {
    return zoo(mode, rounds, tasksPerRound, members, sampling, WeightMean.SEEN);
  }

  private static ZooConfig zoo(
      Mode mode,
      int rounds,
      int tasksPerRound,
      int members,
      Sampling sampling,
      WeightMean weightMean) {
    return new ZooConfig(
        mode,
        rounds,
        tasksPerRound,
        members,
        sampling,
        ZooConfig.Signal.VALIDATION,
        ZooConfig.SignalImages.CLEAN,
        weightMean,
        false,
        1,
        0,
        false);
  }

  private static double[] seenLosses(int tasks, int seen) {
    double[] losses = new double[tasks];
    Arrays.fill(losses, UNKNOWN);
    for (int task = 0; task < seen; task++) {
      losses[task] = 0.1 + task % 3;
    }
    return losses;
  }

  private static List<Integer> classes(int tasks) {
    return Collections.nCopies(tasks, 5);
  }
}
