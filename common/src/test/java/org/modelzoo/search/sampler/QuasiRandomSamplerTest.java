package org.modelzoo.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

class QuasiRandomSamplerTest extends SamplerContract {
  @Override
  Sampler sampler(Space space, long seed) {
    return new QuasiRandomSampler(space, seed);
  }

  /** The first 16 points of a Sobol sequence are a net: scrambling must not tear it. */
  @Property(tries = 100)
  void sixteenPointsHaveOneInEveryPartOfEveryCoordinateAndOfTheFirstTwo(@ForAll long seed) {
    Space space =
        Space.of(
            Parameter.uniform("a", 0, 1),
            Parameter.uniform("b", 0, 1),
            Parameter.uniform("c", 0, 1));
    QuasiRandomSampler sampler = new QuasiRandomSampler(space, seed);
    List<Set<Integer>> parts = List.of(new HashSet<>(), new HashSet<>(), new HashSet<>());
    Set<Integer> squares = new HashSet<>();
    for (int number = 0; number < 16; number++) {
      double[] point = space.encode(sampler.propose(number, new History()));
      for (int i = 0; i < 3; i++) {
        parts.get(i).add((int) (16 * point[i]));
      }
      squares.add(4 * (int) (4 * point[0]) + (int) (4 * point[1]));
    }
    assertThat(parts).allSatisfy(part -> assertThat(part).hasSize(16));
    assertThat(squares).hasSize(16);
  }

  @Test
  void theFirstPointIsNotTheCorner() {
    assertThat((Double) sampler(MIXED, 1).propose(0, new History()).get("rate"))
        .isGreaterThan(1e-4);
  }
}
