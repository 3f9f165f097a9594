package org.modelzoo.search.scheduler;

import java.util.OptionalDouble;

/** Trains every trial all the way, in one rung. */
final class FullTrainingScheduler implements Scheduler {
  private final int maximum;
  private final RunningRungs running = new RunningRungs();
  private int started;

  FullTrainingScheduler(int maximum) {
    this.maximum = maximum;
  }

  @Override
  public Decision next(int trialLimit) {
    return started < trialLimit
        ? running.start(new Rung(started++, 0, 0, maximum))
        : running.rest();
  }

  @Override
  public void report(Rung rung, OptionalDouble loss) {
    running.end(rung);
  }

  @Override
  public boolean mayResume(int trial) {
    return false;
  }

  @Override
  public int resumable() {
    return 0;
  }

  @Override
  public int maximum() {
    return maximum;
  }
}
