package org.modelzoo.benchmark.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.modelzoo.config.SamplerConfig;
import org.modelzoo.config.SchedulerConfig.Promotion;

/** What docs/search.md says of samplers and ASHA, over the same twenty seeds. */
class SearchComparisonsTest {
  private static final int SEEDS = 20;

  @ParameterizedTest
  @EnumSource
  void tpeBeatsRandomSearchAndOnePlusOneDescends(TestFunction function) {
    List<SamplerResult> results = new SamplerComparison(SEEDS, 100).run(function);

    SamplerResult tpe = of(SamplerConfig.Method.TPE, results);
    SamplerResult random = of(SamplerConfig.Method.RANDOM, results);
    assertThat(tpe.median()).isLessThan(random.median());
    assertThat(tpe.probability()).isLessThan(0.05);
    SamplerResult onePlusOne = of(SamplerConfig.Method.ONE_PLUS_ONE, results);
    assertThat(onePlusOne.curve().get(99)).isLessThan(onePlusOne.curve().get(9) / 2);
  }

  private static SamplerResult of(SamplerConfig.Method sampler, List<SamplerResult> results) {
    return results.stream().filter(result -> result.sampler() == sampler).findFirst().orElseThrow();
  }

  @Test
  void quasiRandomPointsCoverBetter() {
    assertThat(CoverageComparison.run(64, SEEDS).wins()).isEqualTo(SEEDS);
  }

  @ParameterizedTest
  @EnumSource
  void ashaReachesTheBestOfRandomSearchWithLessThanHalfOfItsEpochs(Promotion promotion) {
    List<HalvingComparison.Halving> all =
        LongStream.range(0, SEEDS)
            .mapToObj(seed -> HalvingComparison.run(seed, promotion))
            .toList();

    assertThat(all).filteredOn(it -> it.reached() && it.share() <= 0.5).hasSizeGreaterThan(17);
  }

  @Test
  void theFunctionsHaveTheirMinimaWhereTheyShould() {
    assertThat(
            TestFunction.QUADRATIC.regret(
                Map.of("x0", 1.0, "x1", -2.0, "x2", 0.5, "x3", 3.0, "x4", -1.0)))
        .isZero();
    assertThat(TestFunction.BRANIN.regret(Map.of("x0", Math.PI, "x1", 2.275)))
        .isCloseTo(0, within(1e-9));
    assertThat(
            TestFunction.HARTMANN_6.regret(
                Map.of(
                    "x0", 0.20169, "x1", 0.150011, "x2", 0.476874, "x3", 0.275332, "x4", 0.311652,
                    "x5", 0.6573)))
        .isCloseTo(0, within(1e-6));
  }

  @Test
  void theDiscrepancyOfOnePointInTheMiddleIsThatOfTheFormula() {
    // (13/12)^d − 2 + 1
    assertThat(Discrepancy.centred(List.of(new double[] {0.5, 0.5})))
        .isCloseTo(Math.sqrt(169.0 / 144 - 1), within(1e-12));
  }
}
