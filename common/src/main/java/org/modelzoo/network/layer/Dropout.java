package org.modelzoo.network.layer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.modelzoo.network.kernel.DropoutKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Drops values at random (Srivastava et al., 2014) and scales up the others. Which values depends
 * on the seed and on their order in memory, not on the number of threads.
 */
final class Dropout {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** A random number decides about four values, with 15 bits for each. */
  private static final int VALUES = 4;

  private static final int STEPS = 1 << 15;
  private static final long LANES = 0x0001_0001_0001_0001L;

  /** Of SplittableRandom (Steele et al., 2014), whose numbers are computed here side by side. */
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private final DropoutKernel kernel;
  private final long addend;
  private final double factor;
  private long state;
  private byte[] kept = {};

  /**
   * @param probability of dropping a value; rounded to a multiple of 2⁻¹⁵
   */
  Dropout(double probability, DropoutKernel kernel, long seed) {
    this.kernel = kernel;
    long dropped = Math.round(probability * STEPS);
    // Added to 15 random bits it carries into the 16th unless they are below the limit.
    this.addend = (STEPS - dropped) * LANES;
    this.factor = (double) STEPS / (STEPS - dropped);
    seed(seed);
  }

  void seed(long seed) {
    state = seed;
  }

  /** Drops values of an output, in place. */
  void forward(INDArray output) {
    draw(Math.toIntExact(output.length()));
    kernel.apply(output, kept, factor);
  }

  /** Drops the same values of the gradient, in place. */
  void backward(INDArray outputGradient) {
    kernel.apply(outputGradient, kept, factor);
  }

  private void draw(int length) {
    int rounded = (length + VALUES - 1) / VALUES * VALUES;
    if (kept.length < rounded) {
      kept = new byte[rounded];
    }
    for (int i = 0; i < rounded; i += VALUES) {
      long bits = mix(state + GAMMA * i) & ((STEPS - 1) * LANES);
      long carries = ((bits + addend) >>> 15) & LANES;
      long pairs = carries | (carries >>> 8);
      INTS.set(kept, i, (int) ((pairs & 0xFFFF) | ((pairs >>> 16) & 0xFFFF_0000L)));
    }
    state += GAMMA * rounded;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
