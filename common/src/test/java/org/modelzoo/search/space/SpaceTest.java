package org.modelzoo.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpaceTest {
  private static final Space CONDITIONAL =
      Space.of(
          Parameter.uniform("dropout", 0.1, 0.5).when("network", "wrn"),
          Parameter.whole("width", 1, 4).when("dropout", 0.1),
          Parameter.choice("network", "wrn", "small"),
          Parameter.fixed("momentum", 0.9));

  @Property
  void everyPlaceIsAValueThatLeadsBack(
      @ForAll @DoubleRange(max = 1) double u, @ForAll @IntRange(max = 6) int which) {
    Parameter parameter =
        List.of(
                Parameter.uniform("a", -2, 3),
                Parameter.logUniform("a", 1e-5, 10),
                Parameter.whole("a", -3, 9),
                Parameter.logWhole("a", 1, 1000),
                Parameter.uniform("a", 0.1, 0.5).step(0.1),
                Parameter.logUniform("a", 1, 100).step(0.5),
                Parameter.choice("a", 8, 16, "x", true))
            .get(which);
    Domain domain = parameter.domain();

    Object value = domain.decode(u);
    Object again = domain.decode(domain.encode(value));

    assertThat(domain.contains(value)).isTrue();
    if (domain.size() == Long.MAX_VALUE) {
      double number = (Double) value;
      assertThat((Double) again).isCloseTo(number, within(1e-9 * Math.max(1, Math.abs(number))));
    } else {
      assertThat(again).isEqualTo(value);
    }
  }

  @Test
  void stepsAreAllAlike() {
    Domain domain = Parameter.uniform("a", 0.1, 0.5).step(0.2).domain();
    Map<Object, Integer> counts = counts(domain);

    assertThat(counts).containsOnlyKeys(0.1, 0.3, 0.5);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(3332, 3335));
  }

  @Test
  void logarithmsAreUniform() {
    Domain domain = Parameter.logUniform("a", 1e-4, 1e-1).domain();

    assertThat((Double) domain.decode(0)).isEqualTo(1e-4);
    assertThat((Double) domain.decode(1)).isEqualTo(1e-1);
    assertThat((Double) domain.decode(1.0 / 3)).isCloseTo(1e-3, within(1e-12));
    // Between 0.5 and 4.5 on a logarithmic scale.
    assertThat(counts(Parameter.logWhole("a", 1, 4).domain()).get(1L))
        .isCloseTo((int) (10_000 * Math.log(3) / Math.log(9)), within(2));
  }

  private static Map<Object, Integer> counts(Domain domain) {
    Map<Object, Integer> counts = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      counts.merge(domain.decode((i + 0.5) / 10_000), 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void anInactiveParameterHasNoValue() {
    assertThat(CONDITIONAL.dimensions()).isEqualTo(3);
    assertThat(CONDITIONAL.searched())
        .extracting(Parameter::name)
        .containsExactly("network", "dropout", "width");
    assertThat(CONDITIONAL.decode(new double[] {0.9, 0, 0}))
        .isEqualTo(Map.of("network", "small", "momentum", 0.9));
    assertThat(CONDITIONAL.decode(new double[] {0.1, 0, 0}))
        .isEqualTo(Map.of("network", "wrn", "momentum", 0.9, "dropout", 0.1, "width", 1L));
    assertThat(CONDITIONAL.encode(Map.of("network", "small", "momentum", 0.9)))
        .containsExactly(0.75, Double.NaN, Double.NaN);
  }

  @Test
  void aKnownTrialIsCompletedAndChecked() {
    assertThat(CONDITIONAL.complete(Map.of("network", "small")))
        .isEqualTo(Map.of("network", "small", "momentum", 0.9));
    assertThat(Space.of(Parameter.uniform("a", 0, 2)).complete(Map.of("a", 1)))
        .isEqualTo(Map.of("a", 1.0));
    assertThatThrownBy(() -> CONDITIONAL.complete(Map.of("network", "wrn")))
        .hasMessage("dropout has no value");
    assertThatThrownBy(() -> CONDITIONAL.complete(Map.of("network", "wrn", "dropout", 0.6)))
        .hasMessage("dropout = 0.6 is not a number from 0.1 to 0.5");
    assertThatThrownBy(() -> CONDITIONAL.complete(Map.of("network", "small", "dropout", 0.2)))
        .hasMessageContaining("[dropout] not searched");
    assertThatThrownBy(() -> CONDITIONAL.complete(Map.of("network", "vgg")))
        .hasMessage("network = vgg is not one of [wrn, small]");
  }

  @Test
  void whatIsNoSpaceIsRefused() {
    assertThatThrownBy(() -> Space.of(Parameter.fixed("a", 1), Parameter.fixed("a", 2)))
        .hasMessageContaining("two parameters are called a");
    assertThatThrownBy(
            () ->
                Space.of(
                    Parameter.fixed("a", 1).when("b", 1), Parameter.fixed("b", 1).when("a", 1)))
        .hasMessageContaining("[a, b]");
    assertThatThrownBy(() -> Parameter.logUniform("a", 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Parameter.uniform("a", 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Parameter.choice("a", 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
