package org.modelzoo.search.scheduler;

import java.util.HashSet;
import java.util.Set;

/** The rungs that are being trained. */
final class RunningRungs {
  private final Set<Rung> running = new HashSet<>();

  Decision start(Rung rung) {
    running.add(rung);
    return new Decision.Run(rung);
  }

  void end(Rung rung) {
    if (!running.remove(rung)) {
      throw new IllegalStateException(rung + " is not running");
    }
  }

  /** What is left to say where nothing can be started. */
  Decision rest() {
    return running.isEmpty() ? new Decision.Finished() : new Decision.Wait();
  }
}
