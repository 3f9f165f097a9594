package org.modelzoo.board.use;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.zoo.DetailedPrediction;
import org.modelzoo.zoo.Picture;
import org.modelzoo.zoo.Zoo;

/** Predicts images with zoos, one after the other. Thread-safe; costs nothing until it is used. */
public final class ZooUse implements AutoCloseable {
  private static final Duration MOST_TIME = Duration.ofMinutes(2);
  private static final int MOST_WAITING = 8;

  private final LoadedZoos zoos = new LoadedZoos();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), ZooUse::daemon);

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "board-use");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Predicts an image.
   *
   * @param image content of a PNG or JPEG file
   * @throws ModelZooException (configuration) if the image can't be used; (data) if a model is
   *     damaged; (cluster) if the zoo can't be read, or not in time
   */
  public ImagePrediction predict(WantedZoo wanted, byte[] image) {
    Future<ImagePrediction> result;
    try {
      result = thread.submit(() -> predictNow(wanted, image));
    } catch (RejectedExecutionException e) {
      throw later("too many images are waiting already", e);
    }
    try {
      return result.get(MOST_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      result.cancel(true);
      throw later("it was not done within %d s".formatted(MOST_TIME.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw later("the board is about to end", e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private ImagePrediction predictNow(WantedZoo wanted, byte[] image) {
    long started = System.nanoTime();
    Picture.Pixels pixels = pixels(wanted, image);
    NativeThreads.use(1);
    DetailedPrediction found = zoos.get(wanted).predictInDetail(wanted.task(), pixels);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    return ImagePrediction.of(wanted.task(), found, millis);
  }

  /** What is wrong with an image is for whoever sent it, and not about data of the zoo. */
  private static Picture.Pixels pixels(WantedZoo wanted, byte[] image) {
    try {
      return Zoo.pixels(wanted.manifest(), new Picture.File(image));
    } catch (ModelZooException e) {
      throw new ModelZooException(ErrorKind.CONFIGURATION, e.getMessage(), e);
    }
  }

  private static ModelZooException failure(Throwable cause) {
    if (cause instanceof ModelZooException known) {
      return known;
    }
    if (cause instanceof OutOfMemoryError) {
      return later("the board has not enough memory for it: " + cause.getMessage(), cause);
    }
    return new ModelZooException(ErrorKind.BUG, "the prediction failed: " + cause, cause);
  }

  private static ModelZooException later(String why, Throwable cause) {
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "the image was not predicted: %s; try again later, or use the command predict"
            .formatted(why),
        cause);
  }

  /** Frees the zoos, after a prediction under way; the process needn't wait for that. */
  @Override
  public void close() {
    thread.getQueue().clear();
    if (thread.getPoolSize() > 0) {
      thread.execute(zoos::close);
    }
    thread.shutdown();
  }
}
