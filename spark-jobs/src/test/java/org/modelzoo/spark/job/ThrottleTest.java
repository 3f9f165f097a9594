package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrottleTest {
  private long now;
  private final Throttle sparingly = new Throttle(() -> now);
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

  @Test
  void aLargeFileIsWrittenAgainOnlyOnceItHasGrownByATenth() {
    int rounds = 4000;
    long perRound = 1 << 20;
    long written = 0;
    for (int round = 1; round <= rounds; round++) {
      long bytes = round * perRound;
      int before = times;
      sparingly.run(bytes, () -> times++);
      written += times > before ? bytes : 0;
    }
    assertThat(times).as("each of the first rounds, then ever fewer").isBetween(17, 100);
    assertThat(written).isLessThan(12L * rounds * perRound);
  }

  private void work(long nanos) {
    sparingly.run(
        () -> {
          now += nanos;
          times++;
        });
  }
}
