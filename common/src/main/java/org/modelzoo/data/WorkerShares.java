package org.modelzoo.data;

/**
 * Cuts every batch of an epoch into the shares of several workers. Batches are those of one worker
 * with the joint batch size; a full one gives every worker the same number of images, in the order
 * of the workers. One that isn't full is spread evenly over as many workers as get two images each,
 * since batch normalisation needs two; the others sit this step out.
 *
 * <p>Depends on nothing but its arguments, so each worker works out its share by itself.
 */
public final class WorkerShares {
  private final int images;
  private final int workers;
  private final int jointBatch;

  /**
   * @param images of an epoch
   * @param batchPerWorker images per step of each worker
   */
  public WorkerShares(int images, int workers, int batchPerWorker) {
    this.images = images;
    this.workers = workers;
    this.jointBatch = Math.multiplyExact(workers, batchPerWorker);
  }

  /** Steps of an epoch. */
  public int steps() {
    return EpochOrder.batches(images, jointBatch);
  }

  /** Images of all workers in a step. */
  public int jointBatch() {
    return jointBatch;
  }

  /** What a worker trains on in a step, as places in the order of the epoch. */
  Places share(int step, int worker) {
    int begin = EpochOrder.begin(images, jointBatch, step);
    int size = EpochOrder.begin(images, jointBatch, step + 1) - begin;
    int active = size == jointBatch ? workers : Math.min(workers, Math.max(1, size / 2));
    if (worker >= active) {
      return new Places(begin + size, begin + size);
    }
    return new Places(begin + cut(size, worker, active), begin + cut(size, worker + 1, active));
  }

  private static int cut(int size, int part, int parts) {
    return (int) ((long) size * part / parts);
  }

  /** A range of places in the order of an epoch, the end not included. */
  record Places(int begin, int end) {
    int size() {
      return end - begin;
    }
  }
}
