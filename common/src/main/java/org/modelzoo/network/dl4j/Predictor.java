package org.modelzoo.network.dl4j;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.network.NetworkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Predicts with a trained network; batch normalisation uses its running statistics and nothing is
 * dropped. Not thread-safe: one thread per network.
 */
public final class Predictor {
  private final ComputationGraph graph;
  private final NetworkSpec spec;

  public Predictor(ComputationGraph graph, NetworkSpec spec) {
    this.graph = graph;
    this.spec = spec;
  }

  /**
   * Softmax over the columns of one head.
   *
   * @param features NHWC pixels; the array may be longer than the batch
   * @param size images in the batch
   * @param head position of the task among the heads
   * @return [size, classes of the head], row major
   */
  public float[] probabilities(float[] features, int size, int head) {
    int classes = spec.headSizes().get(head);
    int start = spec.firstColumn(head);
    float[] probabilities = new float[size * classes];
    try (INDArray images = ImageBatches.array(features, size, spec.input(), graph);
        INDArray logits = graph.outputSingle(false, images)) {
      float[][] rows = logits.toFloatMatrix();
      for (int i = 0; i < size; i++) {
        softmax(rows[i], start, classes, probabilities, i * classes);
      }
    }
    return probabilities;
  }

  private static void softmax(float[] logits, int start, int classes, float[] target, int offset) {
    double maximum = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      maximum = Math.max(maximum, logits[start + i]);
    }
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += Math.exp(logits[start + i] - maximum);
    }
    for (int i = 0; i < classes; i++) {
      target[offset + i] = (float) (Math.exp(logits[start + i] - maximum) / sum);
    }
  }
}
