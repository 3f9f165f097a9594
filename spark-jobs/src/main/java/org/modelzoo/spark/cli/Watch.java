package org.modelzoo.spark.cli;

import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.progress.MetricsPlugin;
import org.modelzoo.spark.progress.ProgressFile;
import org.modelzoo.spark.progress.ProgressModel;
import org.modelzoo.spark.progress.RunMetrics;
import org.modelzoo.spark.session.SparkApplication;
import org.modelzoo.spark.tracker.Trackers;
import org.modelzoo.store.RunDirectory;

/**
 * All that watches the runs of a command: terminal, progress file, trackers, metrics. Lives on the
 * driver.
 */
final class Watch implements RunListener, AutoCloseable {
  private final ProgressModel model;
  private final RunListener screen;
  private final List<RunListener> recorders = new CopyOnWriteArrayList<>();
  private final Map<String, ProgressFile> files = new ConcurrentHashMap<>();
  private final Runnable screenEnd;
  private final Deque<Runnable> ends = new ConcurrentLinkedDeque<>();
  private final Thread interrupted = new Thread(this::interrupted, "watch-end");

  /**
   * @param model hears everything before the screen does
   * @param end takes the view off the screen
   */
  Watch(ProgressModel model, RunListener screen, Runnable end) {
    this.model = model;
    this.screen = screen;
    this.screenEnd = once(end);
    Runtime.getRuntime().addShutdownHook(interrupted);
  }

  @Override
  public void on(RunEvent event) {
    model.on(event);
    screen.on(event);
    recorders.forEach(recorder -> recorder.on(event));
    if (event instanceof RunEvent.DirectoryOpened opened) {
      files.put(opened.directory().uri(), progressFile(opened.directory()));
    } else if (event instanceof RunEvent.DirectoryClosed closed) {
      ProgressFile file = files.remove(closed.uri());
      if (closed.done()) {
        file.allDone();
      }
      file.close();
    }
  }

  /** Keeps the progress file in a directory until it is closed; for who holds the lease. */
  private ProgressFile progressFile(RunDirectory directory) {
    return ProgressFile.of(
        model, directory, remark -> screen.on(new RunEvent.Remark("progress", remark)));
  }

  /** Tells trackers of all runs. */
  void track(TrackersConfig config, Configuration hadoop) {
    Trackers trackers =
        Trackers.of(config, hadoop, remark -> screen.on(new RunEvent.Remark("trackers", remark)));
    recorders.add(trackers);
    ends.push(trackers::close);
  }

  /** Shows what the runs come to in the metrics system of the Spark context to come. */
  void measure(SparkConf spark) {
    RunMetrics metrics = new RunMetrics(model);
    recorders.add(metrics);
    MetricsPlugin.use(metrics);
    SparkApplication.addPlugin(spark, MetricsPlugin.class);
  }

  /** Ctrl-C and the like: whatever comes now must not be drawn over. */
  private void interrupted() {
    screenEnd.run();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException e) {
      // The process ends, and may leave us the time for what follows.
    }
    ends.forEach(Runnable::run);
    screenEnd.run();
  }

  /** Does something the first time only. */
  private static Runnable once(Runnable work) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (!done.getAndSet(true)) {
        work.run();
      }
    };
  }
}
