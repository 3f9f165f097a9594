package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.training;
import static org.modelzoo.training.TrainingFixtures.withoutDropout;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.modelzoo.network.Device;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.network.Network;
import org.modelzoo.network.Networks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AveragedStepsTest {
  private static final int STEPS = 3;
  private static final int[] HEADS = {0, 1, 1, 1, 0, 0, 0, 1};
  private static final int[] LABELS = {0, 1, 0, 1, 1, 1, 0, 0};

  private final MemberPlan plan = withoutDropout(plan(training(1, HEADS.length, 0.1)));
  private final float[] pixels = pixels();

  /**
   * Where all images are the same one, so that batch normalisation sees in every share what it sees
   * in the whole batch: then nothing else may tell the workers from one machine. But for the
   * running variance, which is larger by n / (n - 1) for the n pixels of a share.
   */
  @Test
  void theMeanOfTheStepsOnEqualSharesIsTheStepOnTheWholeBatch() {
    NativeThreads.use(1);
    float[] alone = trained(STEPS, 1);
    float[] together = trained(STEPS, 4);
    float[] before = trained(0, 1);

    assertThat(distance(alone, before)).isGreaterThan(1);
    assertThat(distance(together, alone)).isCloseTo(0, within(1e-3));
  }

  /** Parameters after so many steps, of which each was averaged. */
  private float[] trained(int steps, int workers) {
    try (Network network = MemberNetwork.open(plan, Device.processor(1))) {
      float[] parameters = network.parameters();
      float[] momentum = network.momentum();
      for (int step = 0; step < steps; step++) {
        float[] parametersMean = new float[parameters.length];
        float[] momentumMean = new float[momentum.length];
        for (int worker = 0; worker < workers; worker++) {
          step(network, parameters, momentum, worker, HEADS.length / workers);
          add(network.parameters(), parametersMean, workers);
          add(network.momentum(), momentumMean, workers);
        }
        parameters = parametersMean;
        momentum = momentumMean;
      }
      return withoutVariances(parameters);
    }
  }

  /** In the order of the network's names, not of its flat array. */
  private float[] withoutVariances(float[] parameters) {
    INDArray[] learned =
        Networks.over(plan.networkSpec(), parameters).paramTable().entrySet().stream()
            .filter(parameter -> !parameter.getKey().endsWith("_var"))
            .map(parameter -> parameter.getValue().reshape(-1))
            .toArray(INDArray[]::new);
    return Nd4j.concat(0, learned).toFloatVector();
  }

  private void step(Network network, float[] parameters, float[] momentum, int worker, int share) {
    int first = worker * share;
    network.restore(parameters, momentum);
    network.step(
        pixels,
        Arrays.copyOfRange(HEADS, first, first + share),
        Arrays.copyOfRange(LABELS, first, first + share),
        share,
        0.1);
  }

  private static void add(float[] values, float[] mean, int count) {
    for (int i = 0; i < mean.length; i++) {
      mean[i] += values[i] / count;
    }
  }

  private static double distance(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.pow((double) one[i] - other[i], 2);
    }
    return Math.sqrt(sum);
  }

  /** As many copies of an image of 8×8×3 as the batch has images. */
  private static float[] pixels() {
    Random random = new Random(3);
    float[] pixels = new float[HEADS.length * 8 * 8 * 3];
    int image = pixels.length / HEADS.length;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i < image ? (float) random.nextGaussian() : pixels[i - image];
    }
    return pixels;
  }
}
