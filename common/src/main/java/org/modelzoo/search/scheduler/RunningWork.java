package org.modelzoo.search.scheduler;

import java.util.HashSet;
import java.util.Set;

/** The units of work that are out. */
final class RunningWork {
  private final Set<Work> running = new HashSet<>();

  Decision start(Work work) {
    running.add(work);
    return new Decision.Run(work);
  }

  void end(Work work) {
    if (!running.remove(work)) {
      throw new IllegalStateException(work + " is not running");
    }
  }

  /** What is left to say where nothing can be started. */
  Decision rest() {
    return running.isEmpty() ? new Decision.Finished() : new Decision.Wait();
  }
}
