package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.config.Precision;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.config.TrainingConfig.Schedule;

class LearningRateTest {
  @ParameterizedTest
  @CsvSource({"0, 0.4", "2, 0.3", "3, 0.2", "4, 0.1", "6, 0"})
  void cosineFallsFromTheConfiguredRateToZero(long step, double rate) {
    // 0.4 · (1 + cos(π · step / 6)) / 2; the cosine of 60° is one half.
    assertThat(schedule(Schedule.COSINE, 6).at(step)).isCloseTo(rate, within(1e-15));
  }

  @Test
  void lastStepStillMoves() {
    assertThat(schedule(Schedule.COSINE, 1).at(0)).isEqualTo(0.4);
    assertThat(schedule(Schedule.COSINE, 1_000_000).at(999_999)).isPositive();
  }

  @Test
  void constantStays() {
    assertThat(schedule(Schedule.CONSTANT, 6).at(0)).isEqualTo(0.4);
    assertThat(schedule(Schedule.CONSTANT, 6).at(5)).isEqualTo(0.4);
  }

  private static LearningRate schedule(Schedule schedule, long steps) {
    return new LearningRate(
        new TrainingConfig(
            2, 4, 0.4, schedule, 0.9, 0, Precision.FLOAT32, 0, 0, TrainingFixtures.ALONE),
        steps);
  }
}
