package org.modelzoo.search.scheduler;

/** Trains every trial all the way, in one rung. */
final class FullTrainingScheduler implements Scheduler {
  private final int maximum;
  private final RunningWork running = new RunningWork();
  private int started;

  FullTrainingScheduler(int maximum) {
    this.maximum = maximum;
  }

  @Override
  public Decision next(int trialLimit) {
    return started < trialLimit
        ? running.start(new Work(started++, 0, 0, maximum))
        : running.rest();
  }

  @Override
  public void report(Work work, RungOutcome outcome) {
    running.end(work);
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
