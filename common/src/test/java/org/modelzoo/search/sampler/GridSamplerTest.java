package org.modelzoo.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

class GridSamplerTest extends SamplerContract {
  @Override
  Sampler sampler(Space space, long seed) {
    return new GridSampler(space, seed, 3);
  }

  @Test
  void everyCombinationComesOnceAndInactiveParametersDoNotMultiply() {
    Space space =
        Space.of(
            Parameter.choice("network", "wrn", "small"),
            Parameter.uniform("dropout", 0, 0.5).when("network", "wrn"),
            Parameter.whole("layers", 1, 2));
    Sampler sampler = sampler(space, 1);

    List<Map<String, Object>> all =
        IntStream.range(0, sampler.limit())
            .mapToObj(number -> sampler.propose(number, new History()))
            .toList();

    assertThat(all)
        .containsExactlyInAnyOrder(
            Map.of("network", "wrn", "dropout", 0.0, "layers", 1L),
            Map.of("network", "wrn", "dropout", 0.25, "layers", 1L),
            Map.of("network", "wrn", "dropout", 0.5, "layers", 1L),
            Map.of("network", "wrn", "dropout", 0.0, "layers", 2L),
            Map.of("network", "wrn", "dropout", 0.25, "layers", 2L),
            Map.of("network", "wrn", "dropout", 0.5, "layers", 2L),
            Map.of("network", "small", "layers", 1L),
            Map.of("network", "small", "layers", 2L));
  }

  @Test
  void aGridThatIsTooLargeIsRefused() {
    Parameter[] many =
        IntStream.range(0, 11)
            .mapToObj(i -> Parameter.uniform("p" + i, 0, 1))
            .toArray(Parameter[]::new);
    assertThatThrownBy(() -> sampler(Space.of(many), 1))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("100000 combinations");
  }
}
