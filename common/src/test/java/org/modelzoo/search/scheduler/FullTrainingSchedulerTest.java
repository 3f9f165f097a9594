package org.modelzoo.search.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FullTrainingSchedulerTest extends SchedulerContract {
  @Override
  Scheduler scheduler() {
    return new SchedulerSettings.FullTraining(MAXIMUM).start();
  }

  @Test
  void everyTrialGoesAllTheWayAtOnce() {
    assertThat(new Simulation(scheduler(), 2, 1, 1).run(7).works())
        .hasSize(7)
        .allMatch(work -> work.from() == 0 && work.to() == MAXIMUM);
  }
}
