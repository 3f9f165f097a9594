package org.modelzoo.boosting.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.modelzoo.boosting.compaction.TaskOutputs.Output;

class CompactionCurveTest {
  private static final int TRIES = 150;

  @Property(tries = TRIES)
  void everySizeHasOneMemberLessAndEveryTaskKeepsOne(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int tasks,
      @ForAll @IntRange(min = 1, max = 8) int members) {
    RandomZoo zoo = RandomZoo.of(seed, tasks, members, 12);
    List<ZooSize> sizes = curve(zoo).sizes();
    for (int i = 0; i < sizes.size(); i++) {
      ZooSize size = sizes.get(i);
      assertThat(size.members()).hasSize(sizes.get(0).members().size() - i);
      assertThat(sizes.get(Math.max(0, i - 1)).members()).containsAll(size.members());
      assertThat(size.bytes()).isEqualTo(size.members().stream().mapToLong(zoo.bytes()::get).sum());
      assertThat(size.weights()).hasSize(tasks);
      assertThat(size.weights())
          .allSatisfy(weights -> assertThat(size.members()).containsAll(weights.keySet()))
          .noneMatch(weights -> weights.isEmpty())
          .allMatch(weights -> weights.size() <= size.mostMembersOfTask());
    }
    ZooSize last = curve(zoo).smallest();
    assertThat(last.members())
        .as("without any further one a task would have no member")
        .allMatch(
            member ->
                last.weights().stream()
                    .anyMatch(weights -> weights.size() == 1 && weights.containsKey(member)));
  }

  @Property(tries = TRIES)
  void withoutABudgetNoAccuracyIsLostOnTheImagesToChooseBy(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int tasks,
      @ForAll @IntRange(min = 1, max = 8) int members,
      @ForAll @IntRange(min = 1, max = 30) int examples) {
    RandomZoo zoo = RandomZoo.of(seed, tasks, members, examples);
    double whole =
        zoo.chooseBy().stream()
            .mapToDouble(task -> task.score(task.weights(new TreeSet<>(task.members()))).accuracy())
            .average()
            .orElseThrow();
    ZooSize compacted = curve(zoo).smallestAsGood();
    assertThat(compacted.chosenOn().accuracy()).isGreaterThanOrEqualTo(whole);
    assertThat(curve(zoo).sizes())
        .filteredOn(size -> size.members().size() < compacted.members().size())
        .allMatch(size -> size.chosenOn().accuracy() < whole);
  }

  @Property(tries = TRIES)
  void aLargerBudgetIsNeverLessAccurate(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int tasks,
      @ForAll @IntRange(min = 1, max = 8) int members) {
    CompactionCurve curve = curve(RandomZoo.of(seed, tasks, members, 12));
    double before = 0;
    for (int budget = 1; budget <= members; budget++) {
      Optional<ZooSize> best = curve.best(new Budget(budget, Long.MAX_VALUE, Integer.MAX_VALUE));
      assertThat(best.isPresent()).isEqualTo(curve.smallest().members().size() <= budget);
      double accuracy = best.map(size -> size.chosenOn().accuracy()).orElse(0.0);
      assertThat(accuracy).isGreaterThanOrEqualTo(before);
      assertThat(best.map(size -> size.members().size()).orElse(0)).isLessThanOrEqualTo(budget);
      before = accuracy;
    }
  }

  @Property(tries = TRIES)
  void bytesAndMembersOfATaskAreKeptTo(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int members) {
    CompactionCurve curve = curve(RandomZoo.of(seed, 3, members, 12));
    for (ZooSize size : curve.sizes()) {
      Budget bytes = new Budget(members, size.bytes(), Integer.MAX_VALUE);
      assertThat(curve.best(bytes).orElseThrow().bytes()).isLessThanOrEqualTo(size.bytes());
      Budget networks = new Budget(members, Long.MAX_VALUE, size.mostMembersOfTask());
      assertThat(curve.best(networks).orElseThrow().mostMembersOfTask())
          .isLessThanOrEqualTo(size.mostMembersOfTask());
    }
    assertThat(curve.best(new Budget(members, 1, members))).isEmpty();
  }

  @Property(tries = TRIES)
  void testImagesDecideNothing(@ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int members) {
    RandomZoo zoo = RandomZoo.of(seed, 3, members, 12);
    RandomZoo other = RandomZoo.of(seed, 3, members, 12);
    List<TaskOutputs> chooseBy = zoo.chooseBy();
    CompactionCurve one = CompactionCurve.of(chooseBy, other.test(), zoo.bytes());
    CompactionCurve two = CompactionCurve.of(chooseBy, chooseBy, zoo.bytes());
    assertThat(two.sizes())
        .extracting(ZooSize::weights)
        .isEqualTo(one.sizes().stream().map(ZooSize::weights).toList());
    assertThat(two.whole().test()).isEqualTo(two.whole().chosenOn());
  }

  /** Member 1 misleads, member 2 repeats member 0; each is trained on both tasks. */
  @Test
  void whoMisleadsGoesFirstAndThenWhoAddsNothing() {
    short[] labels = {0, 1, 0, 1};
    List<Output> outputs =
        List.of(
            new Output(0, 1, new float[] {.9f, .1f, .2f, .8f, .8f, .2f, .1f, .9f}),
            new Output(1, 1, new float[] {0, 1, 1, 0, 0, 1, 1, 0}),
            new Output(2, 1, new float[] {.8f, .2f, .3f, .7f, .7f, .3f, .2f, .8f}));
    TaskOutputs task = new TaskOutputs(2, labels, outputs);
    CompactionCurve curve =
        CompactionCurve.of(List.of(task, task), List.of(task, task), List.of(10L, 10L, 10L));

    assertThat(curve.sizes())
        .extracting(size -> List.copyOf(size.members()))
        .containsExactly(List.of(0, 1, 2), List.of(0, 2), List.of(0));
    assertThat(curve.smallestAsGood().members()).containsExactly(0);
    assertThat(curve.smallestAsGood().chosenOn().accuracy()).isEqualTo(1);
    // −(log 0.9 + log 0.8 + log 0.8 + log 0.9) / 4
    assertThat(curve.smallestAsGood().chosenOn().loss()).isCloseTo(0.1642520, within(1e-6));
  }

  private static CompactionCurve curve(RandomZoo zoo) {
    return CompactionCurve.of(zoo.chooseBy(), zoo.test(), zoo.bytes());
  }
}
