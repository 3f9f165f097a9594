package org.modelzoo.spark.benchmark.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.modelzoo.benchmark.BenchmarkCase;
import org.modelzoo.benchmark.BenchmarkKind;
import org.modelzoo.benchmark.CaseProcess;
import org.modelzoo.benchmark.ParityResult;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.Precision;
import org.modelzoo.network.NetworkSpec;

/** Holds a member on the device to what Deeplearning4j's on the processor computes. */
final class Parity {
  private Parity() {}

  /** Largest differences allowed, as {@link ParityResult} defines them. */
  private record Bounds(double loss, double parameters, double predictions, double lastLosses) {
    static Bounds of(Precision precision) {
      return switch (precision) {
        case FLOAT32 -> new Bounds(1e-5, 1e-3, 1e-4, 0.15);
        case TENSOR_FLOAT32 -> new Bounds(5e-3, 5e-3, 1e-2, 0.15);
        case BFLOAT16, FLOAT16 -> new Bounds(3e-2, 2e-2, 5e-2, 0.2);
      };
    }

    List<String> broken(ParityResult result) {
      List<String> broken = new ArrayList<>();
      add(broken, "first loss", result.firstLoss(), loss);
      add(broken, "first parameters", result.firstParameters(), parameters);
      add(broken, "predictions", result.predictions(), predictions);
      add(broken, "last losses", result.lastLosses(), lastLosses);
      return broken;
    }

    private static void add(List<String> broken, String what, double value, double bound) {
      if (!(value <= bound)) {
        broken.add(number("%s differ by %.2g, more than %.2g", what, value, bound));
      }
    }
  }

  static ProofStep of(CardSettings settings, Precision precision) {
    ParityResult result =
        CaseProcess.parity(
            new BenchmarkCase(
                BenchmarkKind.PARITY,
                network(settings.network()),
                settings.batch(),
                1,
                settings.seconds(),
                EngineChoice.TORCH,
                precision,
                settings.device()));
    List<String> broken = Bounds.of(precision).broken(result);
    return broken.isEmpty()
        ? ProofStep.passed(
            number(
                "first loss %.1e, parameters %.1e, momentum %.1e; predictions %.1e; losses after %d steps %.1e",
                result.firstLoss(),
                result.firstParameters(),
                result.firstMomentum(),
                result.predictions(),
                result.losses().size(),
                result.lastLosses()),
            result)
        : ProofStep.failed(String.join("; ", broken), result);
  }

  /** Without dropout, so that what differs is arithmetic alone. */
  private static NetworkSpec network(String name) {
    NetworkSpec member = BenchmarkCase.member(name);
    return new NetworkSpec(member.name(), 0, member.input(), member.headSizes());
  }

  private static String number(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
