package org.modelzoo.network.layer;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where the weights of a layer start. The numbers come from the layer's own seed and a generator of
 * the JDK, so they are the same on every machine and in every thread.
 */
public enum Initialisation {
  /**
   * Normal with variance 2 / fan-out (He et al., "Delving Deep into Rectifiers", 2015, equation
   * 14), which keeps the size of gradients on their way back; WideResNet uses it.
   */
  HE_FAN_OUT {
    @Override
    void fill(INDArray weights, long fanIn, long fanOut, long seed) {
      double deviation = Math.sqrt(2.0 / fanOut);
      SplittableRandom random = new SplittableRandom(seed);
      double[] values = new double[(int) weights.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = deviation * random.nextGaussian();
      }
      assign(weights, values);
    }
  },

  /** Uniform within ±1/√fan-in: what PyTorch's Conv2d and Linear do when nothing is said. */
  UNIFORM_FAN_IN {
    @Override
    void fill(INDArray weights, long fanIn, long fanOut, long seed) {
      double bound = 1 / Math.sqrt((double) fanIn);
      SplittableRandom random = new SplittableRandom(seed);
      double[] values = new double[(int) weights.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextDouble(-bound, bound);
      }
      assign(weights, values);
    }
  };

  /**
   * Overwrites an array of weights.
   *
   * @param fanIn inputs that one output sums over
   * @param fanOut outputs that one input reaches
   */
  abstract void fill(INDArray weights, long fanIn, long fanOut, long seed);

  private static void assign(INDArray weights, double[] values) {
    try (INDArray source = Nd4j.createFromArray(values)) {
      weights.assign(source.castTo(weights.dataType()).reshape('c', weights.shape()));
    }
  }
}
