package org.modelzoo.network.layer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.modelzoo.network.kernel.DropoutKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Drops values at random (Srivastava et al., 2014) and scales up the others. Which values depends
 * on the seed alone, not on the number of threads nor on the order of images in memory: they are
 * decided on in the order [n, channels / 16, height, width, 16], that of AVX-512's registers.
 */
final class Dropout {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** A random number decides about four values, with 15 bits for each. */
  private static final int VALUES = 4;

  /** Channels of an image that are decided on together, before its next pixel. */
  private static final int BLOCK = 16;

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
    restore(seed);
  }

  /** How far the generator has come; first the seed. */
  long state() {
    return state;
  }

  void restore(long earlier) {
    state = earlier;
  }

  /**
   * Drops values of an output, in place.
   *
   * @param output NHWC images [n, height, width, channels] or, in blocks of channels, [n, channels
   *     / block, height, width, block]; of another rank, values in their own order
   */
  void forward(INDArray output) {
    int length = Math.toIntExact(output.length());
    int rounded = (length + VALUES - 1) / VALUES * VALUES;
    if (kept.length < rounded) {
      kept = new byte[rounded];
    }
    long[] shape = output.shape();
    if (shape.length == 5 && BLOCK % shape[4] == 0 && shape[1] * shape[4] % BLOCK == 0) {
      drawImages(
          (int) shape[0], (int) (shape[2] * shape[3]), (int) (shape[1] * shape[4]), (int) shape[4]);
    } else if (shape.length == 4 && shape[3] % BLOCK == 0) {
      drawImages((int) shape[0], (int) (shape[1] * shape[2]), (int) shape[3], (int) shape[3]);
    } else {
      draw(0, 0, rounded);
    }
    state += GAMMA * rounded;
    kernel.apply(output, kept, factor);
  }

  /**
   * Draws for images that lie as [n, channels / together, pixels, together], in runs of values that
   * are neighbours in memory as well as in the order of the draw.
   */
  private void drawImages(int n, int pixels, int channels, int together) {
    int run = Math.min(BLOCK, together);
    for (int image = 0; image < n; image++) {
      for (int channel = 0; channel < channels; channel += run) {
        int drawn = ((image * channels + channel / BLOCK * BLOCK) * pixels) + channel % BLOCK;
        int lying =
            (image * channels + channel / together * together) * pixels + channel % together;
        if (run == BLOCK && together == BLOCK) {
          draw(drawn, lying, pixels * BLOCK);
        } else {
          for (int pixel = 0; pixel < pixels; pixel++) {
            draw(drawn + pixel * BLOCK, lying + pixel * together, run);
          }
        }
      }
    }
  }

  /** Drops the same values of the gradient, in place. */
  void backward(INDArray outputGradient) {
    kernel.apply(outputGradient, kept, factor);
  }

  /** Decides on values that lie from there on, by numbers from that one on. */
  private void draw(int drawn, int lying, int length) {
    int shift = lying - drawn;
    for (int i = drawn; i < drawn + length; i += VALUES) {
      long bits = mix(state + GAMMA * i) & ((STEPS - 1) * LANES);
      long carries = ((bits + addend) >>> 15) & LANES;
      long pairs = carries | (carries >>> 8);
      INTS.set(kept, i + shift, (int) ((pairs & 0xFFFF) | ((pairs >>> 16) & 0xFFFF_0000L)));
    }
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
