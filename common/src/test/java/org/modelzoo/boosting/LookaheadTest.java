package org.modelzoo.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.Method;
import org.modelzoo.config.ZooConfig;
import org.modelzoo.config.ZooConfig.Mode;

/**
 * Round i is drawn by the losses after round i − 1 − k. The examples are worked out by hand, as
 * those of {@link PublishedAlgorithmTest}: e^0.5 = 1.6487213, e^−0.5 = 0.6065307, e^−0.25 =
 * 0.7788008, e^−0.75 = 0.4723666, e^1 = 2.7182818, e^0.2 = 1.2214028, e^−0.6 = 0.5488116.
 */
class LookaheadTest {
  private static final Offset<Double> ROUNDING = within(5e-8);
  private static final double UNKNOWN = Double.NaN;
  private static final long SEED = 42;

  @Example
  void continualRoundsThatStartOneEarly() {
    RoundPlanner planner = planner(Mode.CONTINUAL, 1, 2, 1, 5);

    // Rounds 0 and 1 start together; round 1 holds the new task and, whatever u is, task 0.
    assertThat(planner.lossesAfter(0)).isEmpty();
    assertThat(planner.lossesAfter(1)).isEmpty();
    assertThat(planner.plan(1, null).weights()).containsExactly(1.0, 1.0, 1.0, 1.0, 1.0);
    assertThat(planner.plan(1, null).members().get(0).tasks()).containsExactly(1, 0);

    // Round 2 starts when round 0 is committed: the only loss is its own mean, e^0 = 1, and task 1
    // has none yet. Tasks 0 and 1 are alike.
    assertThat(planner.lossesAfter(2)).hasValue(0);
    double[] afterFirst = {0.5, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN};
    assertThat(planner.plan(2, afterFirst).weights()).containsExactly(1.0, 1.0, 1.0, 1.0, 1.0);

    // Round 3, by the losses 0.6 and 0.2 after round 1: exponents 0.5 and −0.5. Task 2 has arrived,
    // but has no loss: weight 1. Of 3.2552520, task 0 has the first 0.5064804 and task 1 up to
    // 0.6928041.
    assertThat(planner.lossesAfter(3)).hasValue(1);
    List<Double> weights =
        planner.plan(3, new double[] {0.6, 0.2, UNKNOWN, UNKNOWN, UNKNOWN}).weights();
    assertThat(array(weights))
        .containsExactly(new double[] {1.6487213, 0.6065307, 1, 1, 1}, ROUNDING);
    assertThat(draw(weights, 3, 0.5064)).containsExactly(0);
    assertThat(draw(weights, 3, 0.5065)).containsExactly(1);
    assertThat(draw(weights, 3, 0.6928)).containsExactly(1);
    assertThat(draw(weights, 3, 0.6929)).containsExactly(2);

    // Round 4, by 0.3, 0.1, 0.8 after round 2: exponents −0.25, −0.75, 1; task 3 has no loss.
    assertThat(array(planner.plan(4, new double[] {0.3, 0.1, 0.8, UNKNOWN, UNKNOWN}).weights()))
        .containsExactly(new double[] {0.7788008, 0.4723666, 2.7182818, 1, 1}, ROUNDING);
  }

  @Example
  void multiTaskRoundsThatStartTwoEarly() {
    RoundPlanner planner = planner(Mode.MULTI_TASK, 2, 2, 1, 4);

    // Rounds 0, 1 and 2 start together and draw uniformly, each with its own numbers.
    for (int round = 0; round < 3; round++) {
      assertThat(planner.lossesAfter(round)).isEmpty();
      assertThat(planner.plan(round, null).weights()).containsExactly(1.0, 1.0, 1.0, 1.0);
      assertThat(planner.plan(round, null).members().get(0).tasks())
          .isEqualTo(drawn(new double[] {1, 1, 1, 1}, round));
    }

    // Round 3 starts when round 0 is committed: mean of 1.2, 0.4, 0.4, 2.0 is 1; exponents 0.2,
    // −0.6, −0.6, 1.
    assertThat(planner.lossesAfter(3)).hasValue(0);
    RoundPlan fourth = planner.plan(3, new double[] {1.2, 0.4, 0.4, 2.0});
    assertThat(array(fourth.weights()))
        .containsExactly(new double[] {1.2214028, 0.5488116, 0.5488116, 2.7182818}, ROUNDING);
    assertThat(draw(fourth.weights(), 4, 0.5, 0.6)).containsExactly(3, 1);
    assertThat(fourth.members().get(0).tasks()).isEqualTo(drawn(array(fourth.weights()), 3));
  }

  @Example
  void aLookaheadOfNoneIsThePublishedAlgorithm() {
    RoundPlanner planner = planner(Mode.MULTI_TASK, 0, 2, 1, 4);
    double[] losses = {1.2, 0.4, 0.4, 2.0};

    for (int round = 1; round < 4; round++) {
      assertThat(planner.lossesAfter(round)).hasValue(round - 1);
      RoundPlan plan = planner.plan(round, losses);
      assertThat(array(plan.weights())).isEqualTo(TaskWeights.from(losses));
      assertThat(plan.members().get(0).tasks()).isEqualTo(drawn(TaskWeights.from(losses), round));
    }
  }

  @Example
  void aWarmStartDrivesTheFirstRoundThatWaitsForIt() {
    ZooConfig zoo =
        new ZooConfig(
            Mode.MULTI_TASK,
            3,
            2,
            1,
            ZooConfig.Sampling.BOOSTED,
            ZooConfig.Signal.TRAINING,
            ZooConfig.SignalImages.CLEAN,
            ZooConfig.WeightMean.SEEN,
            true,
            1,
            1,
            false);
    RoundPlanner planner = new RoundPlanner(Method.ZOO, zoo, classes(4), SEED);

    assertThat(planner.rounds()).isEqualTo(4);
    assertThat(planner.plan(0, null).members().get(0).tasks()).containsExactly(0, 1, 2, 3);
    assertThat(planner.plan(1, null).weights()).containsExactly(1.0, 1.0, 1.0, 1.0);
    assertThat(planner.lossesAfter(2)).hasValue(0);
    double[] losses = {1, 2, 3, 4};
    assertThat(array(planner.plan(2, losses).weights())).isEqualTo(TaskWeights.from(losses));
  }

  @Example
  void otherMethodsDoNotLookAhead() {
    for (Method method : List.of(Method.ISOLATED, Method.MULTI_HEAD)) {
      RoundPlanner planner =
          new RoundPlanner(method, zoo(Mode.CONTINUAL, 3, 2, 1), classes(4), SEED);

      assertThat(planner.lookahead()).isZero();
      assertThat(planner.rounds()).isOne();
    }
  }

  @Example
  void newerLossesThanTheRoundMayUseAreRefused() {
    RoundPlanner planner = planner(Mode.CONTINUAL, 1, 2, 1, 4);

    assertThatThrownBy(() -> planner.plan(2, new double[] {0.5, 0.5, UNKNOWN, UNKNOWN}))
        .hasMessage("after round 0, the loss of task 1 is 0.5");
  }

  @Property(tries = 300)
  void anyLookaheadPlansAllRoundsFromTheLossesItMayUse(
      @ForAll long seed,
      @ForAll Mode mode,
      @ForAll @IntRange(min = 1, max = 9) int tasks,
      @ForAll @IntRange(min = 1, max = 3) int members,
      @ForAll @IntRange(max = 1024) int lookahead) {
    int perRound = 1 + (int) Long.remainderUnsigned(seed, tasks);
    // Half of the tries look ahead only a little: beyond the last round nothing new happens.
    int k = seed % 2 == 0 ? lookahead % 4 : lookahead;
    RoundPlanner planner =
        new RoundPlanner(Method.ZOO, zoo(mode, k, perRound, members), classes(tasks), seed);
    SplittableRandom random = new SplittableRandom(seed);

    for (int round = 0; round < planner.rounds(); round++) {
      OptionalInt after = planner.lossesAfter(round);
      assertThat(after.isPresent()).isEqualTo(round > k);
      double[] losses = after.isPresent() ? losses(planner, after.getAsInt(), tasks, random) : null;
      RoundPlan plan = planner.plan(round, losses);

      double[] weights = losses == null ? ones(tasks) : TaskWeights.from(losses);
      assertThat(array(plan.weights())).isEqualTo(weights);
      assertThat(plan.members()).hasSize(members);
      for (MemberTasks member : plan.members()) {
        assertThat(member.tasks()).doesNotHaveDuplicates();
        if (mode == Mode.CONTINUAL) {
          int now = round;
          assertThat(member.newTask()).hasValue(round);
          assertThat(member.tasks())
              .hasSize(Math.min(perRound, round + 1))
              .startsWith(round)
              .allMatch(task -> task <= now);
        } else {
          assertThat(member.tasks()).hasSize(perRound);
        }
      }
    }
  }

  private static double[] losses(
      RoundPlanner planner, int after, int tasks, SplittableRandom random) {
    double[] losses = new double[tasks];
    for (int task = 0; task < tasks; task++) {
      losses[task] = task < planner.tasksSeen(after) ? random.nextDouble() : UNKNOWN;
    }
    return losses;
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Draws among the first tasks with given numbers u. */
  private static int[] draw(List<Double> weights, int tasks, double... u) {
    return TaskSampler.draw(Arrays.copyOf(array(weights), tasks), u.length, new FixedDoubles(u));
  }

  /** What the first member of a multi-task round of two tasks draws by its seed. */
  private static List<Integer> drawn(double[] weights, int round) {
    int[] drawn = TaskSampler.draw(weights, 2, Seeds.random(SEED, "sampling", round, 0));
    return Arrays.stream(drawn).boxed().toList();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static RoundPlanner planner(
      Mode mode, int lookahead, int perRound, int members, int tasks) {
    return new RoundPlanner(
        Method.ZOO, zoo(mode, lookahead, perRound, members), classes(tasks), SEED);
  }

  private static ZooConfig zoo(Mode mode, int lookahead, int perRound, int members) {
    return new ZooConfig(
        mode,
        5,
        perRound,
        members,
        ZooConfig.Sampling.BOOSTED,
        ZooConfig.Signal.VALIDATION,
        ZooConfig.SignalImages.CLEAN,
        ZooConfig.WeightMean.SEEN,
        false,
        1,
        lookahead,
        false);
  }

  private static List<Integer> classes(int tasks) {
    return Collections.nCopies(tasks, 5);
  }
}
