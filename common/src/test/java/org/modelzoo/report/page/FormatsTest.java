package org.modelzoo.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatsTest {
  @Test
  void differencesHaveASignUnlessTheyAreNone() {
    assertThat(Formats.points(.0321)).isEqualTo("+3.2");
    assertThat(Formats.points(-.1)).isEqualTo("−10.0");
    assertThat(Formats.points(-.0001)).isEqualTo("0.0");
    assertThat(Formats.points(Double.NaN)).isEmpty();
  }

  @Test
  void largeNumbersAreShort() {
    assertThat(Formats.large(9_999_999)).isEqualTo("9,999,999");
    assertThat(Formats.large(31_480_000)).isEqualTo("31.5 M");
  }

  @Test
  void nounsFollowTheirNumber() {
    assertThat(Formats.counted(1, "round")).isEqualTo("1 round");
    assertThat(Formats.counted(1200, "round")).isEqualTo("1,200 rounds");
  }

  @Test
  void timesAreSecondsOrAClock() {
    assertThat(Formats.seconds(9.34)).isEqualTo("9.3 s");
    assertThat(Formats.seconds(7509)).isEqualTo("2:05:09");
  }
}
