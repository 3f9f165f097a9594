package org.modelzoo.spark.progress;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Recurring;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunDirectory;

/**
 * Keeps {@code progress.json} in a run directory, for those who watch from elsewhere. Written by a
 * thread of its own, every second on a local disk and every ten elsewhere, and never for more than
 * a twentieth of the time, as stores of objects are slow; a write that fails is left out. Lives on
 * the driver.
 */
public final class ProgressFile implements AutoCloseable {
  /** The file's name. */
  public static final String NAME = Snapshot.NAME;

  private static final Duration LOCAL_PAUSE = Duration.ofSeconds(1);
  private static final Duration REMOTE_PAUSE = Duration.ofSeconds(10);
  private static final int PAUSE = 20;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final ProgressModel model;
  private final RunDirectory directory;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread writer = new Thread(this::keep, "progress-file");
  private final Recurring write;
  private volatile boolean allDone;

  private ProgressFile(ProgressModel model, RunDirectory directory, Consumer<String> remarks) {
    this.model = model;
    this.directory = directory;
    this.write = new Recurring("writing " + directory.path(NAME), this::write, remarks);
    writer.setDaemon(true);
  }

  /**
   * Begins to write what the model shows, until it is closed.
   *
   * @param remarks hears of errors that are not the file system's
   */
  public static ProgressFile of(
      ProgressModel model, RunDirectory directory, Consumer<String> remarks) {
    ProgressFile file = new ProgressFile(model, directory, remarks);
    file.writer.start();
    return file;
  }

  private void keep() {
    try {
      long tookNanos;
      do {
        long startedNanos = System.nanoTime();
        write.run();
        tookNanos = System.nanoTime() - startedNanos;
      } while (!closed.await(pauseNanos(tookNanos), TimeUnit.NANOSECONDS));
      write.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long pauseNanos(long tookNanos) {
    boolean local = directory.uri().startsWith("file:");
    return Math.max((local ? LOCAL_PAUSE : REMOTE_PAUSE).toNanos(), PAUSE * tookNanos);
  }

  private void write() {
    try {
      Snapshot snapshot = model.snapshot();
      directory.write(NAME, Json.write(allDone ? snapshot.done() : snapshot));
    } catch (ModelZooException e) {
      // It is only for watching; the run itself will say what is wrong with the file system.
    }
  }

  /** There is nothing left to do in this directory, whatever goes on in others. */
  public void allDone() {
    allDone = true;
  }

  /** Writes how it ended; gives up on a file system that hangs. */
  @Override
  public void close() {
    closed.countDown();
    try {
      writer.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
