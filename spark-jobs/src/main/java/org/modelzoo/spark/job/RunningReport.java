package org.modelzoo.spark.job;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.store.RunDirectory;

/**
 * Keeps {@code report.html} of a directory up to date while work goes on, on a thread of its own
 * and as often as it costs little; closing it writes the last one. What fails here is a remark and
 * stops nothing. Lives on the driver.
 */
public final class RunningReport implements AutoCloseable {
  private final RunDirectory directory;
  private final Function<Optional<Configuration>, byte[]> page;
  private final Consumer<String> remarks;
  private final Throttle throttle = new Throttle(System::nanoTime);
  private final AtomicBoolean due = new AtomicBoolean();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "report");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * The report of a directory, not written yet.
   *
   * @param page makes it; gets, for the last one, how to reach the data set
   */
  public RunningReport(
      RunDirectory directory,
      Function<Optional<Configuration>, byte[]> page,
      Consumer<String> remarks) {
    this.directory = directory;
    this.page = page;
    this.remarks = remarks;
  }

  /** There is something new. What fails before the end may be a passing fault, and is not told. */
  public void update() {
    if (due.compareAndSet(false, true)) {
      writer.execute(
          () -> {
            due.set(false);
            throttle.run(() -> write(Optional.empty(), fault -> {}));
          });
    }
  }

  private void write(Optional<Configuration> images, Consumer<String> faults) {
    ReportFile.write(directory, () -> page.apply(images), faults);
  }

  @Override
  public void close() {
    writer.execute(() -> write(Optional.of(SparkHadoopUtil.get().conf()), remarks));
    writer.shutdown();
    try {
      // A data set on a file system that hangs must not keep a run from ending.
      if (!writer.awaitTermination(2, TimeUnit.MINUTES)) {
        remarks.accept(
            "%s is not written yet; \"modelzoo report\" makes it"
                .formatted(directory.path(ReportFile.NAME)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
