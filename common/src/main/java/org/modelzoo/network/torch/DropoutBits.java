package org.modelzoo.network.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The random bits of a network's dropout, made on the device: the numbers of SplittableRandom
 * (Steele et al., 2014), each of which decides about four values with 15 bits for each. How far the
 * generators have come is on the device, too, so that a captured step draws new ones at every
 * replay.
 */
final class DropoutBits implements AutoCloseable {
  /** Channels of an image that are decided on together, before its next pixel. */
  static final int BLOCK = 16;

  private static final int VALUES = 4;
  private static final int STEPS = 1 << 15;
  private static final long LANES = 0x0001_0001_0001_0001L;
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private final OwnedPointers lasting = new OwnedPointers();
  private final Place place;
  private final int layers;
  private final List<Layer> made = new ArrayList<>();

  /** [layers] int64: the state of each layer's generator. */
  private final Tensor states;

  /** GAMMA times 0, 4, 8, …, int64. Replaced by longer ones, but kept: captured steps read it. */
  private Tensor distances;

  private final Mixing mixing = new Mixing(lasting);

  /**
   * @param layers how many drop
   */
  DropoutBits(int layers, Place place) {
    this.layers = layers;
    this.place = place;
    this.states =
        lasting.keep(torch.zeros(new long[] {Math.max(1, layers)}, place.options(ScalarType.Long)));
    this.distances = distances(0);
  }

  /** The next layer that drops. */
  Layer layer(double probability) {
    Layer layer = new Layer(probability, made.size());
    made.add(layer);
    return layer;
  }

  /** The state of each layer's generator; waits for the device. */
  long[] states() {
    long[] values = new long[layers];
    for (int layer = 0; layer < layers; layer++) {
      values[layer] = states.select(0, layer).item_long();
    }
    return values;
  }

  /** Continues from such states. */
  void restore(long[] values) {
    for (int layer = 0; layer < layers; layer++) {
      states.select(0, layer).fill_(new Scalar(values[layer]));
    }
  }

  private Tensor distances(long count) {
    Tensor counted = torch.arange(new Scalar(count), place.options(ScalarType.Long));
    return lasting.keep(counted.mul_(new Scalar(VALUES)).mul_(new Scalar(GAMMA)));
  }

  /** The dropout of one layer. */
  final class Layer {
    private final Tensor state;
    private final Scalar addend;
    private final Scalar factor;

    private Layer(double probability, int index) {
      long dropped = Math.round(probability * STEPS);
      state = lasting.keep(states.narrow(0, index, 1));
      addend = lasting.keep(new Scalar((STEPS - dropped) * LANES));
      factor = lasting.keep(new Scalar((double) STEPS / (STEPS - dropped)));
    }

    /** Drops values of images [n, channels, height, width] and scales up the others, in place. */
    void drop(Tensor images) {
      scale(images);
      try (Tensor kept = kept(images.numel())) {
        long n = images.size(0);
        long channels = images.size(1);
        long block = channels % BLOCK == 0 ? BLOCK : channels;
        long[] drawn = {n, channels / block, images.size(2), images.size(3), block};
        long[] lying = {n, images.size(2), images.size(3), channels / block, block};
        Tensor factors = kept.view(drawn).permute(0, 2, 3, 1, 4).to(images.scalar_type());
        images.permute(0, 2, 3, 1).view(lying).mul_(factors);
      }
    }

    /** Scales up what was kept, in place. */
    void scale(Tensor images) {
      images.mul_(factor);
    }

    /** Ones for values to keep and zeros for others, [length] int16, and draws anew next time. */
    Tensor kept(long length) {
      long numbers = (length + VALUES - 1) / VALUES;
      if (distances.numel() < numbers) {
        distances = distances(numbers);
      }
      try (Tensor bits = distances.narrow(0, 0, numbers).add(state)) {
        mixing.mix(bits);
        mixing.carries(bits, addend);
        state.add_(new Scalar(numbers * VALUES * GAMMA));
        return bits.view(ScalarType.Short).narrow(0, 0, length);
      }
    }
  }

  /** SplittableRandom's arithmetic on int64. */
  private static final class Mixing {
    private final Scalar[] shifts = new Scalar[3];
    private final Scalar[] masks = new Scalar[3];
    private final Scalar[] factors = new Scalar[2];
    private final Scalar fifteen;
    private final Scalar lowLanes;
    private final Scalar ones;

    Mixing(OwnedPointers lasting) {
      int[] distances = {30, 27, 31};
      for (int i = 0; i < distances.length; i++) {
        shifts[i] = lasting.keep(new Scalar((long) distances[i]));
        masks[i] = lasting.keep(new Scalar(-1L >>> distances[i]));
      }
      factors[0] = lasting.keep(new Scalar(0xbf58476d1ce4e5b9L));
      factors[1] = lasting.keep(new Scalar(0x94d049bb133111ebL));
      fifteen = lasting.keep(new Scalar(15L));
      lowLanes = lasting.keep(new Scalar((STEPS - 1) * LANES));
      ones = lasting.keep(new Scalar(LANES));
    }

    void mix(Tensor bits) {
      for (int i = 0; i < shifts.length; i++) {
        // libtorch shifts the sign in.
        try (Tensor high = bits.bitwise_right_shift(shifts[i])) {
          bits.bitwise_xor_(high.bitwise_and_(masks[i]));
        }
        if (i < factors.length) {
          bits.mul_(factors[i]);
        }
      }
    }

    /** Added to 15 random bits, the number carries into the 16th unless they are below a limit. */
    void carries(Tensor bits, Scalar addend) {
      bits.bitwise_and_(lowLanes).add_(addend).bitwise_right_shift_(fifteen).bitwise_and_(ones);
    }
  }

  @Override
  public void close() {
    lasting.close();
  }
}
