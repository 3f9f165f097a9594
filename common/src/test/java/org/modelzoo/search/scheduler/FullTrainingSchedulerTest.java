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
    assertThat(new Simulation(scheduler(), 2, 1, 1).run(7).rungs())
        .hasSize(7)
        .allMatch(rung -> rung.from() == 0 && rung.to() == MAXIMUM);
  }
}
