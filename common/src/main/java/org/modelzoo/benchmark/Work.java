package org.modelzoo.benchmark;

/** What a member does over and over. One thread's own. */
interface Work extends AutoCloseable {
  /** Does {@link #stepsAtOnce} steps and waits for the device; the time of one of them. */
  StepTime measure();

  /** Steps that are measured together. */
  default int stepsAtOnce() {
    return 1;
  }

  @Override
  void close();
}
