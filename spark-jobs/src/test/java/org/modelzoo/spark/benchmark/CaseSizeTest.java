package org.modelzoo.spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaseSizeTest {
  private final CaseSize size = CaseSize.of("tasks", 100).and("rounds", 8);

  @Test
  void growsFromAnEighthToAHalfAlongOneNumber() {
    assertThat(size.smaller("tasks", 1))
        .containsExactly(size.and("tasks", 12), size.and("tasks", 25), size.and("tasks", 50));
  }

  @Test
  void noNumberFallsBelowItsLeastAndNoCaseComesTwice() {
    assertThat(size.smaller("rounds", 3))
        .containsExactly(size.and("rounds", 3), size.and("rounds", 4));
    assertThat(size.smaller("rounds", 8)).isEmpty();
  }

  @Test
  void readsAsAPhrase() {
    assertThat(size.and("images", 1000)).hasToString("100 tasks, 8 rounds, 1,000 images");
  }
}
