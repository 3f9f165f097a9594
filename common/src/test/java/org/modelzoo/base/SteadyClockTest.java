package org.modelzoo.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private Instant wall = Instant.parse("2026-03-01T12:00:00Z");
  private long nanos = Long.MAX_VALUE - 5; // As System.nanoTime() may, it soon overflows.

  @Test
  void startsWithTheWallClockAndGoesOnWithoutIt() {
    SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);
    assertThat(clock.instant()).isEqualTo(wall);

    wall = wall.minus(Duration.ofDays(1));
    nanos += Duration.ofSeconds(90).toNanos();
    assertThat(clock.instant()).isEqualTo("2026-03-01T12:01:30Z");

    assertThat(new SteadyClock(() -> wall, () -> nanos).instant()).isEqualTo(wall);
  }
}
