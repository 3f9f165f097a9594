package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Engine.Settings;
import org.modelzoo.network.dl4j.Dl4jEngine;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What every engine must do, on a processor with one thread and in float32. */
class EngineContractTest {
  private static final Device DEVICE = Device.processor(1);
  private static final Settings SETTINGS = new Settings(0.9, 1e-5, Precision.FLOAT32);
  private static final ImageShape SHAPE = new ImageShape(8, 8, 3);
  private static final NetworkSpec SPEC = new NetworkSpec("wrn-10-1", 0.3, SHAPE, List.of(2, 3));
  private static final int SIZE = 6;
  private static final int[] HEADS = {0, 1, 0, 1, 1, 0};
  private static final int[] LABELS = {0, 2, 1, 0, 1, 1};

  static Stream<Engine> engines() {
    return Engines.all().stream();
  }

  @BeforeEach
  void oneThread() {
    NativeThreads.use(1);
  }

  private static Stream<Arguments> networks() {
    return engines()
        .flatMap(
            engine ->
                Stream.of(
                        new NetworkSpec("small-conv", 0, new ImageShape(24, 26, 3), List.of(2, 3)),
                        new NetworkSpec("small-conv", 0, new ImageShape(84, 84, 3), List.of(2, 3)),
                        new NetworkSpec("wrn-16-2", 0, new ImageShape(16, 16, 3), List.of(2, 3)),
                        new NetworkSpec("wrn-10-1", 0, new ImageShape(9, 9, 1), List.of(2, 3)))
                    .map(spec -> Arguments.of(engine, spec)));
  }

  private static float[] features(ImageShape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[SIZE * shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Network open(Engine engine, NetworkSpec spec, long seed) {
    return engine.open(spec, Networks.initialParameters(spec, seed), SETTINGS, DEVICE);
  }

  /** Engines add in different orders, so no more than a step can be compared. */
  @ParameterizedTest
  @MethodSource("networks")
  void aStepIsTheReferences(Engine engine, NetworkSpec spec) {
    float[] features = features(spec.input(), 7);
    try (Network reference = open(new Dl4jEngine(), spec, 3);
        Network network = open(engine, spec, 3)) {
      for (Network one : List.of(reference, network)) {
        one.step(features, HEADS, LABELS, SIZE, 0.05);
      }
      StepResult expected = reference.drain().get(0);
      StepResult result = network.drain().get(0);
      assertThat(result.loss()).isCloseTo(expected.loss(), within(1e-6 * expected.loss()));
      assertThat(result.correct()).isEqualTo(expected.correct());
      float[] velocity = reference.momentum();
      double fastest = largest(velocity);
      for (Map.Entry<String, INDArray> entry :
          Networks.over(spec, reference.parameters()).paramTable().entrySet()) {
        String name = entry.getKey();
        INDArray array = entry.getValue();
        boolean statistic = name.endsWith("_mean") || name.endsWith("_var");
        assertClose(
            name,
            part(reference.parameters(), array),
            part(network.parameters(), array),
            statistic ? 1e-5 : 1e-4);
        assertClose(
            name + "'s velocity",
            part(velocity, array),
            part(network.momentum(), array),
            1e-2 * fastest);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilitiesAreTheReferences(Engine engine, NetworkSpec spec) {
    float[] features = features(spec.input(), 7);
    try (Network reference = open(new Dl4jEngine(), spec, 3)) {
      reference.step(features, HEADS, LABELS, SIZE, 0.05);
      try (Network network = engine.open(spec, reference.parameters(), SETTINGS, DEVICE);
          Network twin = network.twin()) {
        for (int head = 0; head < 2; head++) {
          float[] expected = reference.probabilities(features, SIZE, head);
          assertClose("head " + head, expected, network.probabilities(features, SIZE, head), 1e-5);
          assertThat(twin.probabilities(features, SIZE, head))
              .isEqualTo(network.probabilities(features, SIZE, head));
          assertClose(
              "two images",
              Arrays.copyOf(expected, 2 * spec.headSizes().get(head)),
              network.probabilities(features, 2, head),
              1e-5);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatIsTakenOutIsWhatWasPutIn(Engine engine) {
    float[] parameters = Networks.build(SPEC, 5).params().toFloatVector();
    float[] momentum = new float[parameters.length];
    Arrays.fill(momentum, 0.125f);
    try (Network network = open(engine, SPEC, 1)) {
      network.restore(parameters, momentum);
      assertThat(network.parameters()).isEqualTo(parameters);
      assertThat(network.momentum()).isEqualTo(momentum);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyStepHasItsResult(Engine engine) {
    float[] features = features(SHAPE, 5);
    try (Network network = open(engine, SPEC, 1);
        Network other = open(engine, SPEC, 1)) {
      network.seedDropout(1);
      other.seedDropout(1);
      List<StepResult> expected = new ArrayList<>();
      for (int step = 0; step < 3; step++) {
        network.step(features, HEADS, LABELS, SIZE - step, 0.05);
        other.step(features, HEADS, LABELS, SIZE - step, 0.05);
        expected.addAll(other.drain());
      }
      assertThat(network.drain()).isEqualTo(expected);
      assertThat(expected).extracting(StepResult::images).containsExactly(SIZE, SIZE - 1, SIZE - 2);
      assertThat(expected).noneMatch(StepResult::skipped);
      assertThat(network.drain()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void lossFallsAndImagesAreLearned(Engine engine) {
    float[] features = features(SHAPE, 5);
    NetworkSpec spec = new NetworkSpec("wrn-10-1", 0, SHAPE, List.of(2, 3));
    try (Network network = open(engine, spec, 4)) {
      for (int step = 0; step < 30; step++) {
        network.step(features, HEADS, LABELS, SIZE, 0.05);
      }
      network.drain();
      network.step(features, HEADS, LABELS, SIZE, 0.05);
      StepResult last = network.drain().get(0);
      assertThat(last.loss()).isLessThan(0.1);
      assertThat(last.correct()).isEqualTo(SIZE);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRestoredNetworkContinuesToTheBit(Engine engine) {
    float[] features = features(SHAPE, 5);
    try (Network whole = open(engine, SPEC, 5);
        Network resumed = open(engine, SPEC, 6)) {
      whole.seedDropout(1);
      resumed.step(features, HEADS, LABELS, SIZE, 0.1);
      whole.step(features, HEADS, LABELS, SIZE, 0.1);
      resumed.restore(whole.parameters(), whole.momentum());
      for (Network network : List.of(whole, resumed)) {
        network.seedDropout(2);
        network.step(features, HEADS, LABELS, SIZE, 0.1);
        network.step(features, HEADS, LABELS, SIZE - 1, 0.1);
      }
      assertThat(resumed.parameters()).isEqualTo(whole.parameters());
      assertThat(resumed.momentum()).isEqualTo(whole.momentum());
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void tenNetworksSideBySideEqualOneAlone(Engine engine) throws Exception {
    Callable<float[]> training = () -> train(engine);
    float[] alone = training.call();
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        results.add(threads.submit(training));
      }
      for (Future<float[]> result : results) {
        assertThat(result.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static float[] train(Engine engine) {
    NativeThreads.use(1);
    float[] features = features(SHAPE, 5);
    try (Network network = open(engine, SPEC, 5)) {
      network.seedDropout(3);
      for (int step = 0; step < 20; step++) {
        network.step(features, HEADS, LABELS, SIZE - step % 2, 0.05);
      }
      return network.parameters();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theSameSeedDropsTheReferencesValues(Engine engine) {
    NetworkSpec spec = new NetworkSpec("wrn-16-2", 0.5, SHAPE, List.of(2, 3));
    try (Network reference = open(new Dl4jEngine(), spec, 5);
        Network network = open(engine, spec, 5)) {
      for (Network one : List.of(reference, network)) {
        one.seedDropout(11);
        one.step(features(SHAPE, 5), HEADS, LABELS, SIZE, 0);
        one.step(features(SHAPE, 5), HEADS, LABELS, SIZE - 1, 0);
      }
      List<StepResult> expected = reference.drain();
      List<StepResult> results = network.drain();
      for (int step = 0; step < 2; step++) {
        double loss = expected.get(step).loss();
        assertThat(results.get(step).loss()).isCloseTo(loss, within(1e-5 * loss));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void dropoutDependsOnItsSeedOnly(Engine engine) {
    double[] losses = new double[3];
    long[] seeds = {1, 1, 2};
    for (int i = 0; i < seeds.length; i++) {
      try (Network network = open(engine, SPEC, 5)) {
        network.seedDropout(seeds[i]);
        network.step(features(SHAPE, 5), HEADS, LABELS, SIZE, 0);
        network.step(features(SHAPE, 5), HEADS, LABELS, SIZE, 0);
        losses[i] = network.drain().get(1).loss();
      }
    }
    assertThat(losses[1]).isEqualTo(losses[0]);
    assertThat(losses[2]).isNotEqualTo(losses[0]);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void divergenceIsSeenAtItsStep(Engine engine) {
    float[] features = features(SHAPE, 5);
    try (Network network = open(engine, SPEC, 5)) {
      network.step(features, HEADS, LABELS, SIZE, 0.05);
      network.step(features, HEADS, LABELS, SIZE, Double.NaN);
      network.step(features, HEADS, LABELS, SIZE, 0.05);
      assertThat(network.drain())
          .extracting(result -> Double.isFinite(result.loss()))
          .containsExactly(true, true, false);
      assertThat(Networks.areFinite(network.parameters())).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aNetworkGoesOnAfterItsDivergedStateIsReplaced(Engine engine) {
    float[] features = features(SHAPE, 5);
    try (Network network = open(engine, SPEC, 5)) {
      float[] parameters = network.parameters();
      float[] momentum = network.momentum();
      for (int step = 0; step < 8; step++) {
        network.step(features, HEADS, LABELS, SIZE, 1e10);
      }
      List<StepResult> results = network.drain();
      assertThat(results.get(0).loss()).isFinite();
      assertThat(results).anyMatch(result -> !(result.loss() < 1e3));
      network.restore(parameters, momentum);
      network.step(features, HEADS, LABELS, SIZE, 0.05);
      assertThat(network.drain().get(0).loss()).isFinite();
      assertThat(Networks.areFinite(network.parameters())).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aStateOfAnotherNetworkIsRefused(Engine engine) {
    try (Network network = open(engine, SPEC, 5)) {
      float[] parameters = network.parameters();
      float[] shorter = Arrays.copyOf(parameters, parameters.length - 1);
      assertThatThrownBy(() -> network.restore(shorter, parameters))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(shorter.length))
          .hasMessageContaining(String.valueOf(parameters.length));
      assertThatThrownBy(() -> network.restore(parameters, shorter))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(shorter.length));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aTwinSeesTheParametersOfTheMomentAndOutlivesNothing(Engine engine) throws Exception {
    float[] features = features(SHAPE, 5);
    try (Network network = open(engine, SPEC, 5)) {
      Network twin = network.twin();
      float[] before = twin.probabilities(features, SIZE, 0);
      network.step(features, HEADS, LABELS, SIZE, 0.1);
      network.drain();
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        float[] after = thread.submit(() -> twin.probabilities(features, SIZE, 0)).get();
        assertThat(after).isNotEqualTo(before);
        thread.submit(twin::close).get();
        assertThat(network.probabilities(features, SIZE, 0)).isEqualTo(after);
      } finally {
        thread.shutdownNow();
      }
    }
  }

  private static float[] part(float[] flat, INDArray array) {
    int start = Math.toIntExact(array.offset());
    return Arrays.copyOfRange(flat, start, start + Math.toIntExact(array.length()));
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static void assertClose(String what, float[] expected, float[] actual, double bound) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as(what).isCloseTo(expected[i], within(bound));
    }
  }
}
