package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.dl4j.Predictor;
import org.modelzoo.network.dl4j.SgdTrainer;
import org.modelzoo.network.kernel.KernelChoice;

/** Whole networks agree between the implementations of the kernels, up to rounding. */
class KernelVariantsTest {
  private static final int SIZE = 5;
  private static final int[] HEADS = {0, 1, 0, 1, 1};
  private static final int[] LABELS = {0, 2, 1, 0, 1};

  @BeforeEach
  void oneThread() {
    NativeThreads.use(1);
  }

  @ParameterizedTest
  @CsvSource({
    "wrn-16-2, 32, 3",
    "wrn-10-1, 9, 1",
    "small-conv, 32, 3",
    "small-conv, 28, 1",
    "small-conv, 84, 3"
  })
  void sameStepsLeadToTheSameParameters(String name, int side, int channels) {
    ImageShape shape = new ImageShape(side, side, channels);
    NetworkSpec spec = new NetworkSpec(name, 0, shape, List.of(2, 3));
    float[] features = features(shape);
    float[] start = build("nd4j", spec).params().toFloatVector();
    float[] expected = train(build("nd4j", spec), spec, features);
    float[] actual = train(build("onednn", spec), spec, features);
    double moved = distance(start, expected);
    assertThat(moved).isGreaterThan(0.01);
    assertThat(distance(expected, actual)).isLessThan(1e-3 * moved);
  }

  /** More sizes of batches than kernels keep operations for. */
  @ParameterizedTest
  @ValueSource(strings = {"wrn-10-1", "small-conv"})
  void batchesOfManySizesDoNotDisturbEachOther(String name) {
    ImageShape shape = new ImageShape(24, 24, 3);
    NetworkSpec spec = new NetworkSpec(name, 0, shape, List.of(2, 3));
    float[] expected = trainOnManySizes(build("nd4j", spec), spec);
    float[] actual = trainOnManySizes(build("onednn", spec), spec);
    assertThat(distance(expected, actual)).isLessThan(1e-3);
  }

  /** As workers of data-parallel members do: whichever thread is free takes the next period. */
  @ParameterizedTest
  @ValueSource(strings = {"wrn-16-2", "small-conv"})
  void aNetworkTrainsOnThreadsOtherThanTheOneItWasMadeOn(String name) throws Exception {
    NetworkSpec spec = new NetworkSpec(name, 0.2, new ImageShape(32, 32, 3), List.of(2, 3));
    float[] features = features(spec.input());
    ComputationGraph graph = build("auto", spec);
    ComputationGraph other = build("auto", spec);
    try (SgdTrainer here = new SgdTrainer(graph, spec, 0.9, 1e-5);
        SgdTrainer elsewhere = new SgdTrainer(other, spec, 0.9, 1e-5)) {
      for (int step = 0; step < 6; step++) {
        here.step(features, HEADS, LABELS, SIZE, 0.01);
        onANewThread(() -> elsewhere.step(features, HEADS, LABELS, SIZE, 0.01));
      }
    }
    assertThat(other.params().toFloatVector()).isEqualTo(graph.params().toFloatVector());
  }

  private static void onANewThread(Runnable work) throws Exception {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              NativeThreads.use(1);
              work.run();
            },
            null);
    new Thread(task).start();
    task.get();
  }

  private static float[] trainOnManySizes(ComputationGraph graph, NetworkSpec spec) {
    float[] features = features(spec.input());
    Predictor predictor = new Predictor(graph, spec);
    try (SgdTrainer trainer = new SgdTrainer(graph, spec, 0.9, 1e-5)) {
      for (int step = 0; step < 12; step++) {
        trainer.step(features, HEADS, LABELS, SIZE - step % 2, 0.01);
        for (int size = 1; size <= SIZE; size++) {
          predictor.probabilities(features, size, 0);
        }
      }
    }
    return graph.params().toFloatVector();
  }

  @ParameterizedTest
  @CsvSource({"wrn-10-1, nd4j, onednn", "small-conv, onednn, nd4j"})
  void memberOfOneVariantPredictsTheSameInAnother(String name, String writer, String reader)
      throws IOException {
    ImageShape shape = new ImageShape(24, 26, 3);
    NetworkSpec spec = new NetworkSpec(name, 0.2, shape, List.of(2, 3));
    float[] features = features(shape);
    ComputationGraph graph = build(writer, spec);
    train(graph, spec, features);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelFile.write(spec, 3, graph.params().toFloatVector(), file);
    ComputationGraph read = KernelChoice.with(reader, () -> read(file.toByteArray()));
    float[] expected = new Predictor(graph, spec).probabilities(features, SIZE, 1);
    float[] actual = new Predictor(read, spec).probabilities(features, SIZE, 1);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  private static ComputationGraph build(String kernels, NetworkSpec spec) {
    return KernelChoice.with(kernels, () -> Networks.build(spec, 3));
  }

  private static ComputationGraph read(byte[] file) {
    try {
      return ModelFile.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] train(ComputationGraph graph, NetworkSpec spec, float[] features) {
    try (SgdTrainer trainer = new SgdTrainer(graph, spec, 0.9, 1e-5)) {
      for (int step = 0; step < 3; step++) {
        trainer.step(features, HEADS, LABELS, SIZE, 0.01);
      }
    }
    return graph.params().toFloatVector();
  }

  private static float[] features(ImageShape shape) {
    Random random = new Random(7);
    float[] values = new float[SIZE * shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double distance(float[] first, float[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += Math.pow((double) first[i] - second[i], 2);
    }
    return Math.sqrt(sum);
  }
}
