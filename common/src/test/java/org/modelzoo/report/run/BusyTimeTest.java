package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelzoo.store.MemberFile;

class BusyTimeTest {
  /** Busy from 1 to 5 s and from 105 to 109 s: 8 s, so that a pause is 2 s at most. */
  @Test
  void aLongPauseIsCutDownToAQuarterOfTheBusyTime() {
    BusyTime time =
        new BusyTime(
            List.of(
                member("c", 105_000, 109_000),
                member("a", 1_000, 4_000),
                member("b", 2_000, 5_000)));
    assertThat(time.leftOut()).isEqualTo(98);
    assertThat(time.seconds(1_000)).isZero();
    assertThat(time.seconds(5_000)).isEqualTo(4);
    assertThat(time.seconds(105_000)).isEqualTo(6);
    assertThat(time.seconds(109_000)).isEqualTo(10);
  }

  @Test
  void shortPausesStay() {
    BusyTime time = new BusyTime(List.of(member("a", 0, 4_000), member("b", 5_000, 9_000)));
    assertThat(time.leftOut()).isZero();
    assertThat(time.seconds(9_000)).isEqualTo(9);
  }

  private static MemberFile member(String id, long from, long to) {
    return SlotsTest.member(id, from, to, "local on a");
  }
}
