package org.modelzoo.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.benchmark.BenchmarkCase;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;
import org.modelzoo.network.Networks;
import org.modelzoo.report.TextTable;
import org.modelzoo.spark.benchmark.card.CardProof;
import org.modelzoo.spark.benchmark.card.CardSettings;
import org.modelzoo.spark.benchmark.card.ProofStep;
import org.modelzoo.spark.benchmark.card.ProofStep.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmark card}: what libtorch does on a graphics card, beside the processor. */
@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Holds a graphics card to what the processor computes, and measures members at once on it.",
      "The look at card, driver and libraries; one member on card and processor, 50 steps; members"
          + " at once, images/s and memory, beside PyTorch; the quick start in every precision, and"
          + " killed and continued. A step that can't run is listed with the reason. Ends with 4 if"
          + " a step failed. deploy/gpu/prove runs it from a checkout."
    })
final class BenchmarkCardCommand implements Callable<Integer> {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cuda (the default), cuda:N; with cpu all steps run but those of the card.")
  private String device = "cuda";

  @Option(
      names = "--precision",
      split = ",",
      paramLabel = "PRECISION",
      description = "Those to prove; default: ${DEFAULT-VALUE}.",
      defaultValue = "float32,tensor-float32,bfloat16,float16",
      converter = PrecisionName.class)
  private List<Precision> precisions;

  @Option(
      names = "--members",
      split = ",",
      paramLabel = "COUNT",
      description = "Members at once; default: ${DEFAULT-VALUE}.",
      defaultValue = "1,2,4,8,16")
  private List<Integer> members;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Of parity and speed; default: ${DEFAULT-VALUE}.")
  private String network = "wrn-16-4";

  @Option(names = "--batch", description = "Images of a step; default: ${DEFAULT-VALUE}.")
  private int batch = 16;

  @Option(
      names = "--seconds",
      description = "Measuring time of each measurement; default: ${DEFAULT-VALUE}.")
  private int seconds = 4;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      description = "A Python with PyTorch for the device, to compare with.")
  private String python;

  @Option(
      names = "--checkout",
      paramLabel = "DIR",
      description = "Directory with deploy/ and conf/; default: ${DEFAULT-VALUE}.")
  private Path checkout = Path.of(".");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes the quick start's configuration; may be given several times.")
  private List<String> overrides = List.of();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Append a JSON line for each step to a file; - for standard output alone.")
  private String json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CardSettings settings = settings();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    JsonLines lines = JsonLines.to(json, out);
    Path directory = Files.createTempDirectory("modelzoo-card");
    List<ProofStep> steps;
    try {
      steps =
          new CardProof(
                  settings,
                  step -> {
                    lines.add(step);
                    err.printf(
                        "%s: %s: %s%n", step.step(), KebabCase.of(step.status()), step.said());
                    err.flush();
                  })
              .run(directory);
    } finally {
      FileUtils.deleteQuietly(directory.toFile());
    }
    if (!lines.takeStandardOutput()) {
      out.println();
      out.print(table(steps).fit(ErrorTerminal.columns(), List.of("s")));
      out.flush();
    }
    boolean failed = steps.stream().anyMatch(step -> step.status() == Status.FAILED);
    return failed ? ErrorKind.CLUSTER.exitCode() : 0;
  }

  private CardSettings settings() {
    members.forEach(count -> requirePositive("--members", count));
    requirePositive("--batch", batch);
    requirePositive("--seconds", seconds);
    Networks.check(network, BenchmarkCase.member(network).input());
    if (!Files.isExecutable(checkout.resolve("deploy/modelzoo"))) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "there is no deploy/modelzoo in --checkout %s; name a checkout of Model Zoo"
              .formatted(checkout));
    }
    return new CardSettings(
        Device.of(device, 1),
        network,
        batch,
        members,
        precisions,
        seconds,
        python,
        checkout.toAbsolutePath().normalize(),
        overrides);
  }

  private void requirePositive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + ", and must be at least 1");
    }
  }

  private static TextTable table(List<ProofStep> steps) {
    TextTable table = new TextTable(2, List.of("step", "status", "s", "what it gave"));
    for (ProofStep step : steps) {
      table.add(
          List.of(
              step.step(),
              KebabCase.of(step.status()),
              String.format(Locale.ROOT, "%.1f", step.seconds()),
              step.said()));
    }
    return table;
  }
}
