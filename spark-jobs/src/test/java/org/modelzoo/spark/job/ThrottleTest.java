package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrottleTest {
  private long now;
  private final Throttle throttle = new Throttle(() -> now);
  private int times;

  @Test
  void theFirstTimeIsDueAtOnce() {
    work(5);
    assertThat(times).isOne();
  }

  @Test
  void theNextWaitsTwentyTimesAsLongAsTheLastTook() {
    work(5);
    now += 99;
    work(1);
    assertThat(times).isOne();
    now += 1;
    work(1);
    assertThat(times).isEqualTo(2);
    now += 20;
    work(1);
    assertThat(times).isEqualTo(3);
  }

  @Test
  void whatCostsNothingIsAlwaysDue() {
    work(0);
    work(0);
    assertThat(times).isEqualTo(2);
  }

  private void work(long nanos) {
    throttle.run(
        () -> {
          now += nanos;
          times++;
        });
  }
}
