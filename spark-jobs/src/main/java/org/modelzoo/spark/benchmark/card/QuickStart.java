package org.modelzoo.spark.benchmark.card;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.Precision;

/** Trains the quick start by the program itself, in processes of its own. */
final class QuickStart {
  /** Runs of other seeds differ by about as much. */
  private static final double TOLERANCE = 0.03;

  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private final CardSettings settings;
  private final Path directory;
  private final Map<Precision, Double> accuracies = new EnumMap<>(Precision.class);
  private Double reference;

  /** What a run came to, in shares of the test images. */
  private record Accuracy(String engine, String precision, double accuracy, Double expected) {}

  QuickStart(CardSettings settings, Path directory) {
    this.settings = settings;
    this.directory = directory;
  }

  /** Deeplearning4j on the processor. */
  ProofStep reference() {
    reference = train(EngineChoice.DL4J, Precision.FLOAT32, "reference");
    return ProofStep.measured(
        number("average accuracy %.4f", reference),
        new Accuracy("dl4j", "float32", reference, null));
  }

  ProofStep in(Precision precision) {
    if (reference == null) {
      return ProofStep.skipped("there is no accuracy of the processor to compare with");
    }
    double accuracy = train(EngineChoice.TORCH, precision, KebabCase.of(precision));
    accuracies.put(precision, accuracy);
    Accuracy result = new Accuracy("torch", KebabCase.of(precision), accuracy, reference);
    String said = number("average accuracy %.4f, %.4f expected", accuracy, reference);
    return accuracy >= reference - TOLERANCE
        ? ProofStep.passed(said, result)
        : ProofStep.failed(said, result);
  }

  /** Killed after its first round, and continued by the same command. */
  ProofStep killedAndContinued(Precision precision) throws IOException, InterruptedException {
    Double expected = accuracies.get(precision);
    if (expected == null) {
      return ProofStep.skipped("the run that is not killed did not end");
    }
    String name = "killed";
    Path round = directory.resolve(name).resolve("rounds/round-000.json");
    Path log = directory.resolve("killed.log");
    Process process = Commands.start(command(EngineChoice.TORCH, precision, name), log, log);
    while (process.isAlive() && !Files.exists(round)) {
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }
    Commands.kill(process);
    int exitCode = process.waitFor();
    if (!Files.exists(round)) {
      return ProofStep.failed("ended with %d before its first round".formatted(exitCode), null);
    }
    if (exitCode == 0) {
      return ProofStep.skipped("it ended before it could be killed");
    }
    double accuracy = train(EngineChoice.TORCH, precision, name);
    Accuracy result = new Accuracy("torch", KebabCase.of(precision), accuracy, expected);
    String said =
        number("average accuracy %.4f, %.4f without the interruption", accuracy, expected);
    return Math.abs(accuracy - expected) <= TOLERANCE
        ? ProofStep.passed(said, result)
        : ProofStep.failed(said, result);
  }

  private double train(EngineChoice engine, Precision precision, String name) {
    var unused = Commands.output(command(engine, precision, name));
    Path summary = directory.resolve(name).resolve("summary.json");
    try {
      return new ObjectMapper().readTree(summary.toFile()).required("average_accuracy").asDouble();
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.BUG, "can't read %s: %s".formatted(summary, e.getMessage()), e);
    }
  }

  private List<String> command(EngineChoice engine, Precision precision, String name) {
    List<String> command = new ArrayList<>();
    command.add(settings.checkout().resolve("deploy/modelzoo").toString());
    command.addAll(List.of("train", "--master", "local[2]", "--progress", "none"));
    command.addAll(
        List.of("--config", settings.checkout().resolve("conf/quickstart.conf").toString()));
    List<String> values = new ArrayList<>(settings.overrides());
    values.add("experiment.name=" + name);
    values.add("experiment.baselines=[]");
    values.add("output.directory=" + directory.toAbsolutePath());
    values.add("network.engine=" + KebabCase.of(engine));
    values.add("training.precision=" + KebabCase.of(precision));
    boolean onCard = engine == EngineChoice.TORCH && settings.device().isCard();
    values.add("cluster.gpus-per-member=" + (onCard ? "0.5" : "0"));
    values.forEach(value -> command.addAll(List.of("--set", value)));
    return command;
  }

  private static String number(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
