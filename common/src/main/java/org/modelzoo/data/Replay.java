package org.modelzoo.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Limited replay in continual mode: of an old task only a few training images are kept, and
 * repeated so that about half of each batch is the new task. Runs on executors.
 */
public final class Replay {
  private Replay() {}

  /**
   * Keeps the first images of each label, and repeats them.
   *
   * @param train training images of an old task
   * @param fraction the share r kept of each label's images, in (0, 1], rounded down but at least
   *     one; 1 keeps all, once
   * @param tasksInMember the number k of tasks the member trains on, the new one included; the kept
   *     images are repeated max(1, ⌊1 / ((k − 1) · r)⌋) times
   */
  public static LabelledImages keep(LabelledImages train, double fraction, int tasksInMember) {
    if (fraction >= 1) {
      return train;
    }
    int[] kept = firstOfEachLabel(train.labels(), fraction);
    int repeats = repeats(fraction, tasksInMember);
    int[] chosen = new int[Math.multiplyExact(kept.length, repeats)];
    Arrays.setAll(chosen, i -> kept[i % kept.length]);
    return train.choose(chosen);
  }

  /** How many images of an old task are kept, each counted once. */
  public static int kept(LabelledImages train, double fraction) {
    return fraction >= 1 ? train.size() : firstOfEachLabel(train.labels(), fraction).length;
  }

  /** How often the kept images come in an epoch: max(1, ⌊1 / ((k − 1) · r)⌋). */
  public static int repeats(double fraction, int tasksInMember) {
    return tasksInMember < 2 ? 1 : Math.max(1, (int) (1 / ((tasksInMember - 1) * fraction)));
  }

  private static int[] firstOfEachLabel(short[] labels, double fraction) {
    int largest = 0;
    for (short label : labels) {
      largest = Math.max(largest, label);
    }
    int[] quota = new int[largest + 1];
    for (short label : labels) {
      quota[label]++;
    }
    for (int label = 0; label < quota.length; label++) {
      quota[label] = Math.max(1, (int) (fraction * quota[label]));
    }
    return IntStream.range(0, labels.length).filter(i -> quota[labels[i]]-- > 0).toArray();
  }
}
