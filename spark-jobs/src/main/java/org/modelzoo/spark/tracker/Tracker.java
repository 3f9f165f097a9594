package org.modelzoo.spark.tracker;

import java.io.IOException;
import org.modelzoo.spark.event.RunEvent;

/** Records runs somewhere beside their directories. One thread calls it; it may fail and hang. */
interface Tracker {
  /** For messages. */
  String name();

  /** Takes an event down. */
  void on(RunEvent event) throws IOException;

  /** Nothing has happened for a moment; called several times a second. */
  default void idle() throws IOException {}

  /** Sends what is held back still; called once, after the last event. */
  void end() throws IOException;
}
