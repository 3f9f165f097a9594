package org.modelzoo.benchmark;

/** What a member does over and over. One thread's own. */
interface Work extends AutoCloseable {
  /** Does it once. */
  StepTime step();

  @Override
  void close();
}
