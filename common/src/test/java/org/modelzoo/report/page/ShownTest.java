package org.modelzoo.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
  @Test
  void differencesHaveASignUnlessTheyAreNone() {
    assertThat(Shown.points(.0321)).isEqualTo("+3.2");
    assertThat(Shown.points(-.1)).isEqualTo("−10.0");
    assertThat(Shown.points(-.0001)).isEqualTo("0.0");
    assertThat(Shown.points(Double.NaN)).isEmpty();
  }

  @Test
  void largeNumbersAreShort() {
    assertThat(Shown.large(9_999_999)).isEqualTo("9,999,999");
    assertThat(Shown.large(31_480_000)).isEqualTo("31.5 M");
  }

  @Test
  void nounsFollowTheirNumber() {
    assertThat(Shown.counted(1, "round")).isEqualTo("1 round");
    assertThat(Shown.counted(1200, "round")).isEqualTo("1,200 rounds");
  }

  @Test
  void timesAreSecondsOrAClock() {
    assertThat(Shown.seconds(9.34)).isEqualTo("9.3 s");
    assertThat(Shown.seconds(7509)).isEqualTo("2:05:09");
  }
}
