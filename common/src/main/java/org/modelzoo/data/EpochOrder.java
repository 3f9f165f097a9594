package org.modelzoo.data;

import java.util.List;
import java.util.SplittableRandom;
import org.modelzoo.base.Seeds;

/** The images of all tasks of a member in the random order of one epoch, cut into batches. */
final class EpochOrder {
  /** [images] index into all tasks' images put side by side. */
  private final int[] order;

  /** [tasks + 1] where each task's images begin in that row. */
  private final int[] begins;

  private final int batchSize;

  EpochOrder(List<LabelledImages> tasks, int batchSize, long seed) {
    this.batchSize = batchSize;
    this.begins = new int[tasks.size() + 1];
    for (int task = 0; task < tasks.size(); task++) {
      begins[task + 1] = Math.addExact(begins[task], tasks.get(task).size());
    }
    this.order = new int[begins[tasks.size()]];
    SplittableRandom random = Seeds.random(seed, "order");
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  static int batches(int images, int batchSize) {
    return (images + batchSize - 1) / batchSize;
  }

  int batches() {
    return batches(order.length, batchSize);
  }

  /** The place in the order at which a batch begins; for one past the last batch, the end. */
  int begin(int batch) {
    return begin(order.length, batchSize, batch);
  }

  static int begin(int images, int batchSize, int batch) {
    int batches = batches(images, batchSize);
    if (batch == batches) {
      return images;
    }
    boolean lastWouldBeAlone =
        batch > 0 && batch == batches - 1 && batchSize > 2 && images % batchSize == 1;
    return batch * batchSize - (lastWouldBeAlone ? 1 : 0);
  }

  /** The image at a place, as index into all tasks' images side by side. */
  int image(int place) {
    return order[place];
  }

  int task(int image) {
    int task = 0;
    while (image >= begins[task + 1]) {
      task++;
    }
    return task;
  }

  int indexWithinTask(int image, int task) {
    return image - begins[task];
  }
}
