package org.modelzoo.search.scheduler;

/** What a free slot should do. */
public sealed interface Decision {
  /** Train this; the scheduler counts it as running from now on. */
  record Run(Rung rung) implements Decision {}

  /** Nothing now; there may be something after the next report. */
  record Wait() implements Decision {}

  /** Nothing any more, unless more trials are allowed. */
  record Finished() implements Decision {}
}
