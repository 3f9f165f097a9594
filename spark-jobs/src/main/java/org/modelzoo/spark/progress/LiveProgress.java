package org.modelzoo.spark.progress;

import java.util.function.Consumer;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.RoundStarted;
import org.modelzoo.spark.event.RunListener;

/**
 * Shows runs on a terminal: what happened scrolls, the runs and members in work stay in a view at
 * the end.
 */
public final class LiveProgress implements RunListener {
  private final Consumer<String> terminal;
  private final EventText text = new EventText();

  /**
   * @param terminal prints lines above its view
   */
  public LiveProgress(Consumer<String> terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void on(RunEvent event) {
    // Who is in training stands in the view.
    if (!(event instanceof RoundStarted)) {
      text.of(event).ifPresent(terminal);
    }
  }
}
