package org.modelzoo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.modelzoo.base.Seeds;

/**
 * The memory of experience replay: a uniform sample, without replacement, of the training images of
 * all tasks that have come by (reservoir sampling, Vitter, 1985; experience replay, Chaudhry et
 * al., 2019, "On Tiny Episodic Memories in Continual Learning"). Every image carries a random
 * number of its own and those with the smallest numbers stay, so that an image which was dropped
 * never comes back as tasks are added. Runs on executors.
 */
public final class Reservoir {
  private final List<LabelledImages> tasks;

  /** [kept] images by their place among those of all tasks. */
  private final int[] kept;

  /** [tasks + 1] where each task's images begin among those of all tasks. */
  private final int[] begins;

  /**
   * The sample after some tasks.
   *
   * @param tasks training images of the tasks so far, in the order in which they came
   * @param size images to keep, at least 0; all where there are fewer
   * @param seed of the experiment
   */
  public Reservoir(List<LabelledImages> tasks, int size, long seed) {
    this.tasks = List.copyOf(tasks);
    this.begins = new int[tasks.size() + 1];
    for (int task = 0; task < tasks.size(); task++) {
      begins[task + 1] = Math.addExact(begins[task], tasks.get(task).size());
    }
    int all = begins[tasks.size()];
    long[] numbers = new long[all];
    for (int task = 0; task < tasks.size(); task++) {
      SplittableRandom random = Seeds.random(seed, "reservoir", task);
      for (int i = begins[task]; i < begins[task + 1]; i++) {
        numbers[i] = random.nextLong();
      }
    }
    this.kept =
        IntStream.range(0, all)
            .boxed()
            .sorted(Comparator.comparingLong(i -> numbers[i]))
            .limit(size)
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Images kept. */
  public int size() {
    return kept.length;
  }

  /**
   * Draws images, each one as often as any other but for one time.
   *
   * @param count how many; none comes where none is kept
   * @param seed the same seed draws the same images
   * @return of each task in the order of the tasks, which may be none
   */
  public List<LabelledImages> draw(int count, long seed) {
    int[] drawn = new int[kept.length == 0 ? 0 : count];
    SplittableRandom random = new SplittableRandom(seed);
    int[] shuffled = kept.clone();
    for (int i = 0; i < drawn.length; i++) {
      int place = i % kept.length;
      int other = place + random.nextInt(kept.length - place);
      int image = shuffled[other];
      shuffled[other] = shuffled[place];
      shuffled[place] = image;
      drawn[i] = image;
    }
    Arrays.sort(drawn);
    List<LabelledImages> images = new ArrayList<>();
    int from = 0;
    for (int task = 0; task < tasks.size(); task++) {
      int begin = begins[task];
      int to = from;
      while (to < drawn.length && drawn[to] < begins[task + 1]) {
        to++;
      }
      images.add(
          tasks.get(task).choose(Arrays.stream(drawn, from, to).map(i -> i - begin).toArray()));
      from = to;
    }
    return images;
  }
}
