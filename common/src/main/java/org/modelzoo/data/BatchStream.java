package org.modelzoo.data;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.ImageShape;
import org.modelzoo.data.WorkerShares.Places;

/**
 * The training batches of one epoch: the images of all tasks of a member, shuffled together,
 * augmented and normalised by one prefetching thread into reused buffers. Runs on executors; one
 * consumer.
 *
 * <p>Every image comes exactly once; the last batch may be smaller. A last batch of one image would
 * upset batch norm, so it takes a second one from the batch before it (batch sizes from 3 on).
 *
 * <p>What comes depends on the arguments alone, not on timing. A failure of the thread surfaces in
 * {@link #next}; a consumer interrupted while it waits gets a {@link CancellationException} and
 * stays interrupted.
 */
public final class BatchStream implements AutoCloseable, Iterator<Batch> {
  /** One at the consumer, one ready, one in the making. */
  private static final int BUFFERS = 3;

  private static final AtomicLong THREADS = new AtomicLong();

  private final List<LabelledImages> tasks;
  private final EpochOrder order;
  private final List<Places> batches;
  private final Augmenter augmenter;
  private final Normaliser normaliser;
  private final Augment augment;
  private final long seed;
  private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<Ready> ready = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final Thread thread;
  private Batch atConsumer;
  private int delivered;

  private BatchStream(
      List<LabelledImages> tasks,
      EpochOrder order,
      List<Places> batches,
      DataConfig data,
      Augment augment,
      long seed) {
    ImageShape shape = data.set().source().shape();
    this.tasks = List.copyOf(tasks);
    this.order = order;
    this.batches = batches;
    int batchSize = batches.stream().mapToInt(Places::size).max().orElse(0);
    this.normaliser = new Normaliser(data.normalisation());
    this.augmenter = new Augmenter(data.augmentation(), shape, normaliser);
    this.augment = augment;
    this.seed = seed;
    for (int i = 0; i < BUFFERS; i++) {
      float[] features = new float[batchSize * shape.size()];
      free.add(new Batch(batchSize, features, new int[batchSize], new int[batchSize]));
    }
    this.thread = new Thread(this::prefetch, "batches-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
  }

  /**
   * Starts an epoch.
   *
   * @param tasks training images of the member's tasks; the index is the head
   * @param data for augmentation and normalisation
   * @param seed of this member and epoch
   */
  public static BatchStream epoch(
      List<LabelledImages> tasks, int batchSize, DataConfig data, Augment augment, long seed) {
    EpochOrder order = new EpochOrder(tasks, batchSize, seed);
    List<Places> batches =
        IntStream.range(0, order.batches())
            .mapToObj(batch -> new Places(order.begin(batch), order.begin(batch + 1)))
            .toList();
    return started(new BatchStream(tasks, order, batches, data, augment, seed));
  }

  /**
   * Starts one worker's share of some steps of an epoch.
   *
   * @param shares of an epoch over these tasks
   * @param firstStep of the epoch, from 0
   * @param endStep one behind the last
   * @param seed of this member and epoch, alike for all workers
   */
  public static BatchStream share(
      List<LabelledImages> tasks,
      WorkerShares shares,
      int worker,
      int firstStep,
      int endStep,
      DataConfig data,
      Augment augment,
      long seed) {
    EpochOrder order = new EpochOrder(tasks, shares.jointBatch(), seed);
    List<Places> batches =
        IntStream.range(firstStep, endStep)
            .mapToObj(step -> shares.share(step, worker))
            .filter(share -> share.size() > 0)
            .toList();
    return started(new BatchStream(tasks, order, batches, data, augment, seed));
  }

  private static BatchStream started(BatchStream stream) {
    stream.thread.start();
    return stream;
  }

  /** Batches of an epoch over this many images. */
  public static int batches(int images, int batchSize) {
    return EpochOrder.batches(images, batchSize);
  }

  @Override
  public boolean hasNext() {
    return delivered < batches.size();
  }

  /** The next batch; the one before is overwritten from now on. */
  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("There are " + batches.size() + " batches");
    }
    if (atConsumer != null) {
      free.add(atConsumer);
      atConsumer = null;
    }
    try {
      Ready next = ready.take();
      if (next.failure() != null) {
        ready.add(next); // Whoever asks again hears the same, instead of waiting for ever.
        throw new IllegalStateException("Preparing a batch failed", next.failure());
      }
      atConsumer = next.batch();
      delivered++;
      return atConsumer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while waiting for a batch");
    }
  }

  /** Ends the prefetching thread and waits for it; it never does more than one batch of work. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      // The thread ends by itself; the caller is being cancelled.
      Thread.currentThread().interrupt();
    }
  }

  /** For tests of its end. */
  Thread thread() {
    return thread;
  }

  private void prefetch() {
    try {
      for (int batch = 0; batch < batches.size(); batch++) {
        ready.put(new Ready(assemble(batch, free.take()), null));
      }
    } catch (InterruptedException e) {
      // Closed.
    } catch (RuntimeException | Error e) {
      ready.add(new Ready(null, e));
    }
  }

  private Batch assemble(int batch, Batch buffer) {
    int begin = batches.get(batch).begin();
    int size = batches.get(batch).size();
    for (int i = 0; i < size; i++) {
      int image = order.image(begin + i);
      int task = order.task(image);
      int index = order.indexWithinTask(image, task);
      LabelledImages images = tasks.get(task);
      int imageSize = images.shape().size();
      buffer.heads()[i] = task;
      buffer.labels()[i] = images.labels()[index];
      int from = index * imageSize;
      int target = i * imageSize;
      if (augment == Augment.ON) {
        SplittableRandom random = Seeds.random(seed, "augmentation", image);
        augmenter.apply(images.pixels(), from, random, buffer.features(), target);
      } else {
        normaliser.normalise(images.pixels(), from, imageSize, buffer.features(), target);
      }
    }
    return new Batch(size, buffer.features(), buffer.heads(), buffer.labels());
  }

  /** What the thread hands over: a batch, or why there is none. */
  private record Ready(Batch batch, Throwable failure) {}
}
