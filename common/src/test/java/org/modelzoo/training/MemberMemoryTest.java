package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.NetworkSpec;

class MemberMemoryTest {
  /** Resident memory of a benchmark's JVM before it trains: about the smallest case's. */
  private static final double BARE_MEGABYTES = 236;

  /** Peaks of {@code deploy/modelzoo benchmark}, peak_rss_mb, that docs/sizing.md quotes. */
  @ParameterizedTest
  @CsvSource({
    "small-conv, 16, 1, 277",
    "small-conv, 128, 1, 457",
    "wrn-16-4, 16, 1, 689",
    "wrn-16-4, 16, 2, 1095",
    "wrn-16-4, 128, 1, 1795",
    "wrn-28-10, 16, 1, 2793"
  })
  void coversTheMeasuredPeaks(String network, int batch, int members, double peak) {
    double estimate = members * megabytes(network, batch);

    assertThat(estimate).isGreaterThan(peak - BARE_MEGABYTES);
    if (network.startsWith("wrn")) {
      assertThat(estimate).as("not far above").isLessThan(2.5 * (peak - BARE_MEGABYTES));
    }
  }

  @Test
  void growsWithBatchAndNetwork() {
    assertThat(megabytes("wrn-16-4", 32)).isGreaterThan(megabytes("wrn-16-4", 16));
    assertThat(megabytes("wrn-16-4", 16)).isGreaterThan(megabytes("small-conv", 16));
    assertThat(megabytes("wrn-28-10", 16)).isGreaterThan(megabytes("wrn-16-4", 16));
  }

  private static double megabytes(String network, int batch) {
    NetworkSpec spec =
        new NetworkSpec(network, 0.2, new ImageShape(32, 32, 3), Collections.nCopies(5, 5));
    return MemberMemory.of(spec, batch).total() / 1e6;
  }
}
