package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComputationTest {
  private static final Computation BY_TORCH = new Computation("torch", "float16", 2);
  private static final Computation BY_ANYTHING = new Computation(null, "float16", null);

  @Test
  void continuationNamesEveryEngineAndAddsUpWhatWasSkipped() {
    Computation one = BY_TORCH.then(new Computation("torch", "float16", 1));
    assertThat(one).isEqualTo(new Computation("torch", "float16", 3));
    assertThat(one.then(new Computation("dl4j", "float16", 0)))
        .isEqualTo(new Computation("torch, dl4j", "float16", 3));
  }

  @Test
  void nothingIsKnownOfTheWholeWhereAPartIsNot() {
    assertThat(BY_TORCH.then(BY_ANYTHING)).isEqualTo(BY_ANYTHING);
    assertThat(BY_ANYTHING.then(BY_TORCH)).isEqualTo(BY_ANYTHING);
  }

  @Test
  void isALineForPeople() {
    assertThat(BY_TORCH.description()).isEqualTo("torch, float16, 2 steps skipped");
    assertThat(new Computation("dl4j", "float32", 0).description()).isEqualTo("dl4j, float32");
    assertThat(BY_ANYTHING.description()).isEqualTo("float16");
  }
}
