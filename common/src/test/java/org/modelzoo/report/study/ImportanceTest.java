package org.modelzoo.report.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportanceTest {
  /**
   * Means 2 and 5, within 2 + 2, between 3 · 1.5² · 2 = 13.5, total 17.5; MS_within = 4 / 4 = 1, so
   * ε² = (13.5 − 1 · 1) / 17.5.
   */
  @Test
  void isTheShareOfTheRanksVarianceLessWhatChanceGives() {
    assertThat(Importance.share(List.of(List.of(1., 2., 3.), List.of(4., 5., 6.))))
        .isCloseTo(12.5 / 17.5, within(1e-12));
  }

  @Test
  void isNothingWhereGroupsAreAlike() {
    assertThat(Importance.share(List.of(List.of(1., 4.), List.of(2., 3.)))).isZero();
    assertThat(Importance.share(List.of(List.of(1.), List.of(2.)))).isZero();
  }

  @Test
  void theParameterThatMakesTheValueComesFirst() {
    Importance importance = Importance.of(StudyFixture.searched(40)).orElseThrow();
    assertThat(importance.resource()).isEqualTo(1);
    assertThat(importance.trials()).isEqualTo(40);
    Map<String, Double> shares = importance.shares();
    assertThat(shares.keySet()).first().isEqualTo("training.learning-rate");
    assertThat(shares.get("training.learning-rate")).isGreaterThan(0.5);
    assertThat(shares.get("training.batch-size")).isLessThan(0.3);
  }

  @Test
  void fewTrialsSayNothing() {
    assertThat(Importance.of(StudyFixture.searched(8))).isEmpty();
  }
}
