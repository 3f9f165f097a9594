package org.modelzoo.spark.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import org.modelzoo.spark.progress.Board;
import org.modelzoo.spark.progress.ProgressFile;
import org.modelzoo.spark.progress.RunEvent;
import org.modelzoo.spark.progress.RunListener;
import org.modelzoo.store.RunDirectory;

/** All that watches the runs of a command: the terminal, the progress file. Lives on the driver. */
final class Watch implements RunListener, AutoCloseable {
  private final Board board;
  private final RunListener screen;
  private final Deque<Runnable> ends = new ArrayDeque<>();
  private final Thread interrupted = new Thread(this::interrupted, "watch-end");

  /**
   * @param board hears everything before the screen does
   * @param end takes the view off the screen
   */
  Watch(Board board, RunListener screen, Runnable end) {
    this.board = board;
    this.screen = screen;
    ends.push(end);
    Runtime.getRuntime().addShutdownHook(interrupted);
  }

  @Override
  public void on(RunEvent event) {
    board.on(event);
    screen.on(event);
  }

  /** Writes how far the runs are into a directory, too; for the driver that holds its lease. */
  void recordIn(RunDirectory directory) {
    ProgressFile file = ProgressFile.of(board, directory);
    ends.push(file::close);
  }

  private void interrupted() {
    ends.getLast().run();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException e) {
      return; // The process ends, and the view is gone already.
    }
    ends.forEach(Runnable::run);
  }
}
