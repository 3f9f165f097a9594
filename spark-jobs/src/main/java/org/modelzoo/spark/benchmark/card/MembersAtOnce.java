package org.modelzoo.spark.benchmark.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.benchmark.BenchmarkCase;
import org.modelzoo.benchmark.BenchmarkKind;
import org.modelzoo.benchmark.BenchmarkResult;
import org.modelzoo.benchmark.CaseProcess;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.Precision;

/** Speed and memory of members at once on the device. */
final class MembersAtOnce {
  private final CardSettings settings;

  /**
   * Of members at once.
   *
   * @param cardMb of the card for all of them, 10⁶ bytes apart from rounding; null on a processor
   */
  private record Speed(
      String program, String precision, int members, double imagesPerSecond, Double cardMb) {}

  MembersAtOnce(CardSettings settings) {
    this.settings = settings;
  }

  /** Members of one JVM. */
  ProofStep members(Precision precision, int members) {
    BenchmarkCase measured =
        new BenchmarkCase(
            BenchmarkKind.TRAINING,
            BenchmarkCase.member(settings.network()),
            settings.batch(),
            members,
            settings.seconds(),
            EngineChoice.TORCH,
            precision,
            settings.device());
    BenchmarkResult[] result = new BenchmarkResult[1];
    Double memory =
        CardMemory.during(settings.device(), () -> result[0] = CaseProcess.measure(measured));
    return step(
        new Speed(
            "modelzoo", KebabCase.of(precision), members, result[0].imagesPerSecond(), memory));
  }

  /** A process of PyTorch each: eager, or with all that makes it faster. */
  ProofStep pytorch(int members, boolean best) {
    if (settings.python() == null) {
      return ProofStep.skipped("no --python with PyTorch was given");
    }
    String precision = KebabCase.of(Precision.BFLOAT16);
    List<String> command = new ArrayList<>();
    command.add(settings.python());
    command.add(settings.checkout().resolve("deploy/benchmark/pytorch.py").toString());
    command.addAll(List.of("--network", settings.network()));
    command.addAll(List.of("--batch", Integer.toString(settings.batch())));
    command.addAll(List.of("--members", Integer.toString(members)));
    command.addAll(List.of("--seconds", Integer.toString(settings.seconds())));
    command.addAll(List.of("--device", settings.device().toString()));
    command.addAll(List.of("--precision", precision, "--json", "-"));
    if (best) {
      command.addAll(List.of("--channels-last", "--fused"));
      if (settings.device().isCard()) {
        command.add("--cuda-graph");
      }
    }
    String[] output = new String[1];
    Double memory =
        CardMemory.during(settings.device(), () -> output[0] = Commands.output(command));
    return step(
        new Speed(
            best ? "pytorch-best" : "pytorch-eager",
            precision,
            members,
            imagesPerSecond(output[0]),
            memory));
  }

  private static ProofStep step(Speed speed) {
    String text = String.format(Locale.ROOT, "%.1f images/s", speed.imagesPerSecond());
    return ProofStep.measured(
        speed.cardMb() == null
            ? text
            : text
                + String.format(
                    Locale.ROOT, ", %.0f MB a member", speed.cardMb() / speed.members()),
        speed);
  }

  private static double imagesPerSecond(String line) {
    try {
      JsonNode record = new ObjectMapper().readTree(line);
      return record.required("images_per_second").asDouble();
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelZooException(
          ErrorKind.BUG, "PyTorch's line has no images_per_second: " + line, e);
    }
  }
}
