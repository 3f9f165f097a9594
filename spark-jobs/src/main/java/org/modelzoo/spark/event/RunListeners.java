package org.modelzoo.spark.event;

import java.util.List;

/** Several listeners as one. */
public final class RunListeners {
  private RunListeners() {}

  /** Tells each in turn. */
  public static RunListener of(RunListener... listeners) {
    List<RunListener> all = List.of(listeners);
    return event -> all.forEach(listener -> listener.on(event));
  }
}
