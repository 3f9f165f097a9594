package org.modelzoo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;
import org.modelzoo.network.NetworkSpec;

class BenchmarkCaseTest {
  @Test
  void reachesItsOwnJvmUnchanged() {
    NetworkSpec network =
        new NetworkSpec("wrn-10-2", 0.35, new ImageShape(28, 24, 1), List.of(2, 7, 3));
    BenchmarkCase measured =
        new BenchmarkCase(
            BenchmarkKind.EVALUATION,
            network,
            8,
            3,
            11,
            EngineChoice.TORCH,
            Precision.BFLOAT16,
            new Device(1, 2));
    assertThat(BenchmarkCase.parse(measured.arguments())).isEqualTo(measured);
  }

  @Test
  void membersAreThoseOfCoarseCifar() {
    NetworkSpec member = BenchmarkCase.member("wrn-16-4");
    assertThat(member.input()).isEqualTo(new ImageShape(32, 32, 3));
    assertThat(member.headSizes()).containsExactly(5, 5, 5, 5, 5);
    assertThat(member.dropout()).isEqualTo(0.2);
    assertThat(BenchmarkCase.usualBatch(BenchmarkKind.TRAINING, "wrn-16-4")).isEqualTo(16);
    assertThat(BenchmarkCase.usualBatch(BenchmarkKind.PROFILE, "small-conv")).isEqualTo(32);
    assertThat(BenchmarkCase.usualBatch(BenchmarkKind.EVALUATION, "small-conv")).isEqualTo(64);
  }
}
