package org.modelzoo.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

class OnePlusOneSamplerTest extends SamplerContract {
  private static final Space LINE = Space.of(Parameter.uniform("x", 0, 1));

  @Override
  Sampler sampler(Space space, long seed) {
    return new OnePlusOneSampler(space, seed, 0.25);
  }

  @Test
  void theFirstTrialIsTheMiddle() {
    assertThat(sampler(LINE, 1).propose(0, new History())).isEqualTo(Map.of("x", 0.5));
  }

  @Test
  void theStepGrowsWithSuccessAndShrinksWithFailure() {
    assertThat(deviation(List.of(5.0))).isCloseTo(0.01, within(0.002));
    assertThat(deviation(List.of(5.0, 4.0, 3.0))).isCloseTo(0.04, within(0.008));
    assertThat(deviation(List.of(3.0, 4.0, 4.0, 4.0, 4.0))).isCloseTo(0.005, within(0.001));
  }

  /** Of proposals around 0.5, where the first step is 0.01. */
  private static double deviation(List<Double> losses) {
    History history = new History();
    for (double loss : losses) {
      history.add(new Observation(history.size(), Map.of("x", 0.5), 1, loss));
    }
    Sampler sampler = new OnePlusOneSampler(LINE, 4, 0.01);
    double sum = 0;
    for (int number = 0; number < 1000; number++) {
      double x = (Double) sampler.propose(number, history).get("x");
      sum += (x - 0.5) * (x - 0.5);
    }
    return Math.sqrt(sum / 1000);
  }
}
