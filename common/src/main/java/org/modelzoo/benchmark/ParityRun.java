package org.modelzoo.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.Precision;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.data.Batch;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Engines;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.network.Network;
import org.modelzoo.network.Networks;
import org.modelzoo.network.StepResult;

/** Trains the same member twice in this JVM, and compares; see {@link ParityResult}. */
final class ParityRun {
  private static final int STEPS = 50;
  private static final int LAST = 10;
  private static final long SEED = 1;

  /** Float16 begins with a scale of 2¹⁶, which overflows and is halved a few times. */
  private static final int MOST_SKIPPED = 20;

  private final BenchmarkCase measured;
  private final List<Batch> batches;
  private final TrainingConfig training =
      ConfigLoader.load(List.of(), List.of()).values().training();
  private int skipped;

  ParityRun(BenchmarkCase measured) {
    this.measured = measured;
    this.batches = new GeneratedBatches(measured.network(), measured.batch()).batches();
  }

  ParityResult run() {
    NativeThreads.use(measured.threads());
    Engine engine = measured.chosenEngine();
    Device processor = Device.processor(measured.threads());
    Engine reference = Engines.choose(EngineChoice.DL4J, processor, Precision.FLOAT32);
    try (Network actual = open(engine, measured.precision(), measured.device());
        Network expected = open(reference, Precision.FLOAT32, processor)) {
      double first = first(actual);
      double firstExpected = first(expected);
      double firstParameters = largest(actual.parameters(), expected.parameters());
      double firstMomentum = largest(actual.momentum(), expected.momentum());
      List<Double> losses = train(actual, first);
      List<Double> expectedLosses = train(expected, firstExpected);
      float[] trained = expected.parameters();
      double parameters = norm(actual.parameters(), trained);
      actual.restore(trained, expected.momentum());
      return new ParityResult(
          ParityResult.FORMAT_VERSION,
          measured.network().name(),
          measured.batch(),
          engine.name(),
          KebabCase.of(measured.precision()),
          measured.device().toString(),
          relative(first, firstExpected),
          firstParameters,
          firstMomentum,
          predictions(actual, expected),
          losses,
          expectedLosses,
          relative(last(losses), last(expectedLosses)),
          parameters,
          skipped,
          engine.description(measured.device()));
    }
  }

  private Network open(Engine engine, Precision precision, Device device) {
    return engine.open(
        measured.network(),
        Networks.initialParameters(measured.network(), SEED),
        new Engine.Settings(training.momentum(), training.weightDecay(), precision),
        device);
  }

  /** The loss of the first step that changes something. */
  private double first(Network network) {
    for (int attempt = 0; attempt < MOST_SKIPPED; attempt++) {
      network.seedDropout(SEED);
      step(network, batches.get(0));
      StepResult result = network.drain().get(0);
      if (!result.skipped()) {
        return result.loss();
      }
      skipped++;
    }
    throw new ModelZooException(
        ErrorKind.CLUSTER,
        "%s: %d steps in a row overflowed; train in another precision"
            .formatted(measured, MOST_SKIPPED));
  }

  private void step(Network network, Batch batch) {
    network.step(
        batch.features(), batch.heads(), batch.labels(), batch.size(), training.learningRate());
  }

  private List<Double> train(Network network, double first) {
    network.seedDropout(SEED + 1);
    for (int step = 1; step < STEPS; step++) {
      step(network, batches.get(step % batches.size()));
    }
    List<Double> losses = new ArrayList<>(List.of(first));
    for (StepResult result : network.drain()) {
      losses.add(result.loss());
      skipped += result.skipped() ? 1 : 0;
    }
    return losses;
  }

  private double predictions(Network actual, Network expected) {
    double largest = 0;
    Batch batch = batches.get(0);
    for (int head = 0; head < measured.network().headSizes().size(); head++) {
      float[] one = actual.probabilities(batch.features(), batch.size(), head);
      float[] other = expected.probabilities(batch.features(), batch.size(), head);
      for (int i = 0; i < other.length; i++) {
        largest = larger(largest, Math.abs(one[i] - other[i]));
      }
    }
    return largest;
  }

  private static double last(List<Double> losses) {
    return losses.subList(losses.size() - LAST, losses.size()).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }

  private static double relative(double actual, double expected) {
    return Math.abs(actual - expected) / Math.abs(expected);
  }

  private static double largest(float[] actual, float[] expected) {
    double difference = 0;
    double value = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = larger(difference, Math.abs(actual[i] - expected[i]));
      value = larger(value, Math.abs(expected[i]));
    }
    return difference / value;
  }

  private static double norm(float[] actual, float[] expected) {
    double difference = 0;
    double value = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      value += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / value);
  }

  /** Not a number is larger than any. */
  private static double larger(double one, double other) {
    return Double.isNaN(other) ? other : Math.max(one, other);
  }
}
