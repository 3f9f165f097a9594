package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.modelzoo.config.ImageShape;

class ReservoirTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 1);
  private static final int PER_TASK = 20;

  @Property(tries = 100)
  void anImageThatWasDroppedNeverComesBack(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 70) int size) {
    Set<Integer> before = images(new Reservoir(tasks(2), size, seed));
    Set<Integer> after = images(new Reservoir(tasks(3), size, seed));

    assertThat(before).hasSize(Math.min(size, 2 * PER_TASK));
    assertThat(after).hasSize(Math.min(size, 3 * PER_TASK));
    after.removeIf(image -> image >= 2 * PER_TASK);
    assertThat(before).containsAll(after);
  }

  @Property(tries = 100)
  void drawsEachKeptImageAsOftenAsAnyOtherButForOneTime(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int size,
      @ForAll @IntRange(min = 0, max = 200) int count) {
    Reservoir reservoir = new Reservoir(tasks(3), size, seed);

    List<Integer> drawn = numbers(reservoir.draw(count, seed + 1));

    assertThat(drawn).hasSize(count);
    assertThat(images(reservoir)).containsAll(drawn);
    IntStream times =
        images(reservoir).stream().mapToInt(it -> (int) drawn.stream().filter(it::equals).count());
    assertThat(times.boxed().toList()).allMatch(n -> n == count / size || n == count / size + 1);
    assertThat(numbers(reservoir.draw(count, seed + 1))).isEqualTo(drawn);
  }

  /** Every image of 60 is kept with probability 1/3; the bound is five standard deviations. */
  @Property(tries = 1)
  void everyImageIsAsLikelyToStay() {
    int[] kept = new int[3 * PER_TASK];
    for (int seed = 0; seed < 2000; seed++) {
      images(new Reservoir(tasks(3), PER_TASK, seed)).forEach(image -> kept[image]++);
    }
    double deviation = Math.sqrt(2000 * (1.0 / 3) * (2.0 / 3));
    assertThat(IntStream.of(kept)).allMatch(times -> Math.abs(times - 2000.0 / 3) < 5 * deviation);
  }

  @Property(tries = 1)
  void anEmptyReservoirGivesNothing() {
    assertThat(new Reservoir(List.of(), 5, 1).draw(7, 1)).isEmpty();
    assertThat(new Reservoir(tasks(2), 0, 1).draw(7, 1))
        .extracting(it -> it.size())
        .containsOnly(0);
  }

  private static List<LabelledImages> tasks(int count) {
    return IntStream.range(0, count)
        .mapToObj(task -> DataFixtures.numbered(SHAPE, task, PER_TASK))
        .toList();
  }

  private static Set<Integer> images(Reservoir reservoir) {
    return new HashSet<>(numbers(reservoir.draw(reservoir.size(), 0)));
  }

  /** The places of images among those of all tasks. */
  private static List<Integer> numbers(List<LabelledImages> tasks) {
    List<Integer> numbers = new ArrayList<>();
    for (int task = 0; task < tasks.size(); task++) {
      byte[] pixels = tasks.get(task).pixels();
      for (int i = 1; i < pixels.length; i += 2) {
        assertThat(pixels[i - 1]).isEqualTo((byte) task);
        numbers.add(task * PER_TASK + pixels[i]);
      }
    }
    return numbers;
  }
}
