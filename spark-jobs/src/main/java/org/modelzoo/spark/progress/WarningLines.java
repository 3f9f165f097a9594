package org.modelzoo.spark.progress;

import java.io.PrintStream;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;

/** Shows nothing of a run but what the user should know. */
public final class WarningLines implements RunListener {
  private final PrintStream out;

  public WarningLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void on(RunEvent event) {
    EventText.warning(event).ifPresent(out::println);
  }
}
