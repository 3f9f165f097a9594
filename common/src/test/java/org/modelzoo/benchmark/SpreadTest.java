package org.modelzoo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void liesBetweenTheNeighbours() {
    // 1 to 4 ms: places 0.3, 1.5 and 2.7 of 0 to 3.
    Spread spread =
        Spread.of(List.of(4_000_000L, 1_000_000L, 3_000_000L, 2_000_000L), nanos -> nanos);
    assertThat(spread).isEqualTo(new Spread(2.5, 1.3, 3.7));
  }

  @Test
  void ofOneValueIsThatValue() {
    assertThat(Spread.of(List.of(1_500_000L), nanos -> nanos)).isEqualTo(new Spread(1.5, 1.5, 1.5));
  }
}
