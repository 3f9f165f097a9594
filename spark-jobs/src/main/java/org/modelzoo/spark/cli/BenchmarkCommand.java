package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.modelzoo.benchmark.BenchmarkCase;
import org.modelzoo.benchmark.BenchmarkKind;
import org.modelzoo.benchmark.BenchmarkResult;
import org.modelzoo.benchmark.CaseProcess;
import org.modelzoo.benchmark.StepProfile;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmark}: how fast members train and predict on this machine, without Spark. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchmarkCardCommand.class,
      BenchmarkRoundCommand.class,
      BenchmarkScaleCommand.class,
      BenchmarkSearchCommand.class
    },
    description = {
      "Measures bare training steps of members on this machine, without Spark.",
      "The cases are network × batch × members at once × threads of each. Every one runs in a JVM of"
          + " its own, on 3×32×32 images and five heads of five classes, as members on"
          + " Coarse-CIFAR100 have them.",
      "",
      "A step is what training does with a batch that lies ready in the JVM: forward, backward,"
          + " update. The input pipeline (shuffling, augmentation, normalisation) is measured apart,"
          + " on one thread; in a run it works ahead of the steps. After a warm-up all members of a"
          + " case measure in one common window of time. images/s is batch / median step, summed"
          + " over members."
    })
final class BenchmarkCommand implements Callable<Integer> {
  @Option(
      names = "--network",
      split = ",",
      paramLabel = "NAME",
      description = "Networks, separated by commas; default: ${DEFAULT-VALUE}.",
      defaultValue = "wrn-16-4,small-conv")
  private List<String> networks;

  @Option(
      names = "--batch",
      split = ",",
      paramLabel = "IMAGES",
      description = "Batch sizes; default: 16 for wrn, 32 for small-conv, 64 with --evaluation.")
  private List<Integer> batches = List.of();

  @Option(
      names = "--members",
      split = ",",
      paramLabel = "COUNT",
      description = "Members at once in one JVM; default: 1,2 as far as there are cores.")
  private List<Integer> members = List.of();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "COUNT",
      description = "Native threads of each member; default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private List<Integer> threads;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "auto, dl4j or torch; default: ${DEFAULT-VALUE}.",
      defaultValue = "auto")
  private EngineChoice engine;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      description =
          "float32, tensor-float32, bfloat16 or float16, of the steps; default: ${DEFAULT-VALUE}.",
      defaultValue = "float32",
      converter = PrecisionName.class)
  private Precision precision;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "cpu, cuda or cuda:N, of all members; default: ${DEFAULT-VALUE}. On cards ${COMMAND-NAME} waits once in 20 steps.",
      defaultValue = "cpu")
  private String device;

  @Option(
      names = "--seconds",
      description = "Measuring time of each case after its warm-up; default: ${DEFAULT-VALUE}.",
      defaultValue = "10")
  private int seconds;

  @Option(
      names = "--evaluation",
      description = "Measure inference instead of training: images in, softmax out.")
  private boolean evaluation;

  @Option(
      names = "--profile",
      description =
          "Show where the time of a training step of one member goes, layer by layer; engine dl4j alone.")
  private boolean profile;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Append a JSON line for each case to a file; - for standard output alone.")
  private String json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<BenchmarkCase> cases = cases();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    JsonLines lines = JsonLines.to(json, out);
    BenchmarkTable table = new BenchmarkTable();
    for (BenchmarkCase measured : cases) {
      err.println("measuring " + measured);
      if (profile) {
        StepProfile result = CaseProcess.profile(measured);
        lines.add(result);
        table.add(result);
      } else {
        BenchmarkResult result = CaseProcess.measure(measured);
        lines.add(result);
        table.add(result);
      }
    }
    if (!lines.takeStandardOutput()) {
      out.println();
      out.print(table.text(ErrorTerminal.columns()));
      out.flush();
    }
    return 0;
  }

  /** All cases of the options, checked before the first one starts. */
  private List<BenchmarkCase> cases() {
    requirePositive("--batch", batches);
    requirePositive("--members", members);
    requirePositive("--threads", threads);
    requirePositive("--seconds", List.of(seconds));
    if (profile && (evaluation || !members.isEmpty())) {
      throw usage(
          "--profile shows a training step of one member; leave out --evaluation, --members");
    }
    BenchmarkKind kind =
        profile
            ? BenchmarkKind.PROFILE
            : evaluation ? BenchmarkKind.EVALUATION : BenchmarkKind.TRAINING;
    List<BenchmarkCase> cases = new ArrayList<>();
    for (String network : networks) {
      NetworkSpec member = BenchmarkCase.member(network);
      Networks.check(network, member.input());
      for (int batch : or(batches, List.of(BenchmarkCase.usualBatch(kind, network)))) {
        for (int threadsEach : threads) {
          for (int atOnce : profile ? List.of(1) : or(members, usualMembers(threadsEach))) {
            cases.add(
                new BenchmarkCase(
                    kind,
                    member,
                    batch,
                    atOnce,
                    seconds,
                    engine,
                    precision,
                    Device.of(device, threadsEach)));
          }
        }
      }
    }
    return cases;
  }

  private static List<Integer> or(List<Integer> given, List<Integer> usual) {
    return given.isEmpty() ? usual : given;
  }

  private static List<Integer> usualMembers(int threadsEach) {
    int most = Math.max(1, Runtime.getRuntime().availableProcessors() / threadsEach);
    return IntStream.rangeClosed(1, Math.min(2, most)).boxed().toList();
  }

  private void requirePositive(String option, List<Integer> values) {
    for (int value : values) {
      if (value < 1) {
        throw usage(option + " is " + value + ", and must be at least 1");
      }
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
