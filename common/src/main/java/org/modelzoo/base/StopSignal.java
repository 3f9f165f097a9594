package org.modelzoo.base;

/** Whether long work is to stop. The work asks now and then, where it can stop within a moment. */
@FunctionalInterface
public interface StopSignal {
  /** True once nobody wants the result any more. */
  boolean cancelled();

  /**
   * True once this process is about to be taken away. Work that hears so saves what it needs to
   * continue elsewhere, and ends; its result is thrown away.
   */
  default boolean leaving() {
    return false;
  }
}
