package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ValidationSplitTest {
  @Property(tries = 200)
  void holdsOutExactlyItsShare(
      @ForAll @IntRange(min = 2, max = 600) int images,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double share,
      @ForAll long seed) {
    BitSet heldOut = ValidationSplit.heldOut(first(images), share, seed, 3);

    assertThat(heldOut.length()).isLessThanOrEqualTo(images);
    assertThat(heldOut.cardinality())
        .isEqualTo(ValidationSplit.size(images, share))
        .isBetween(1, images - 1);
    assertThat(Math.abs(heldOut.cardinality() - share * images)).isLessThanOrEqualTo(1);
  }

  @Example
  void roundsAndHoldsOutNothingForNoShare() {
    assertThat(ValidationSplit.size(500, 0.1)).isEqualTo(50);
    assertThat(ValidationSplit.size(25, 0.1)).isEqualTo(3);
    assertThat(ValidationSplit.size(500, 0)).isZero();
    assertThat(ValidationSplit.size(1, 0.5)).isZero();
    assertThat(ValidationSplit.size(0, 0.5)).isZero();
  }

  @Example
  void holdsOutOfTheKeptImagesAlone() {
    BitSet even = new BitSet();
    IntStream.range(0, 250).forEach(i -> even.set(2 * i));
    BitSet heldOut = ValidationSplit.heldOut(even, 0.1, 1, 7);
    assertThat(heldOut.stream().allMatch(even::get)).isTrue();
    assertThat(heldOut.cardinality()).isEqualTo(25);
  }

  private static BitSet first(int images) {
    BitSet first = new BitSet();
    first.set(0, images);
    return first;
  }

  @Example
  void dependsOnSeedAndClassAlone() {
    BitSet heldOut = ValidationSplit.heldOut(first(500), 0.1, 1, 7);
    assertThat(ValidationSplit.heldOut(first(500), 0.1, 1, 7)).isEqualTo(heldOut);
    assertThat(ValidationSplit.heldOut(first(500), 0.1, 1, 8)).isNotEqualTo(heldOut);
    assertThat(ValidationSplit.heldOut(first(500), 0.1, 2, 7)).isNotEqualTo(heldOut);
  }
}
