package org.modelzoo.network.torch;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.modelzoo.network.Blueprint;

/**
 * The flat vectors of a network, each [size] in the order of the model file, and the arrays of its
 * layers as views of them. Nothing here is ever allocated anew, so that views and captured steps
 * stay true.
 */
final class Weights implements AutoCloseable {
  private final OwnedPointers lasting = new OwnedPointers();
  private final Blueprint blueprint;

  /** Parameters and running statistics, in the master type. */
  final Tensor values;

  /**
   * The same in the working type, made before each step; {@link #values} itself if that is it; null
   * where nobody trains.
   */
  final Tensor working;

  /** Of the batch, master type, 0 where nothing is trained; null where nobody trains. */
  final Tensor gradient;

  /**
   * An array of a layer, in its shape and c order.
   *
   * @param value in the master type
   * @param working in the type of the steps
   * @param gradient to be written; null where nobody trains
   */
  record Array(Tensor value, Tensor working, Tensor gradient) {}

  /** A fresh vector with these values, to predict with. */
  Weights(Blueprint blueprint, Numbers numbers, Place place, float[] start) {
    this.blueprint = blueprint;
    this.values =
        lasting.keep(torch.zeros(new long[] {blueprint.size()}, place.options(numbers.master())));
    this.working = null;
    this.gradient = null;
    Vectors.write(start, values);
  }

  private Weights(Weights other, Tensor working, Tensor gradient) {
    this.blueprint = other.blueprint;
    this.values = lasting.keep(alias(other.values));
    this.working = working == null ? null : lasting.keep(working);
    this.gradient = gradient == null ? null : lasting.keep(gradient);
  }

  /** The same values, to train them. */
  Weights trained(Numbers numbers) {
    Tensor low = numbers.mixed() ? values.to(numbers.working()) : alias(values);
    return new Weights(this, low, torch.zeros_like(values));
  }

  /** The same values, to predict with. */
  Weights shared() {
    return new Weights(this, null, null);
  }

  private static Tensor alias(Tensor tensor) {
    return new Tensor(tensor);
  }

  /** The arrays of a vertex by name. */
  Map<String, Array> arrays(Blueprint.Vertex vertex) {
    Map<String, Array> arrays = new HashMap<>();
    for (Blueprint.Array array : vertex.arrays()) {
      arrays.put(
          array.name(),
          new Array(view(values, array), view(working, array), view(gradient, array)));
    }
    return arrays;
  }

  private Tensor view(Tensor vector, Blueprint.Array array) {
    return vector == null
        ? null
        : lasting.keep(vector.narrow(0, array.offset(), array.length()).view(array.shape()));
  }

  /**
   * Factors of the parameters in their gradient: the weight decay, or 0 where nothing is trained.
   */
  Tensor decay(double weightDecay) {
    Tensor decay = lasting.keep(torch.zeros_like(values));
    for (Blueprint.Vertex vertex : blueprint.vertices()) {
      for (Blueprint.Array array : vertex.arrays()) {
        if (array.trained()) {
          decay.narrow(0, array.offset(), array.length()).fill_(new Scalar(weightDecay));
        }
      }
    }
    return decay;
  }

  /** Brings {@link #working} to the values of the moment. */
  void prepareStep() {
    if (working.scalar_type() != values.scalar_type()) {
      working.copy_(values);
    }
  }

  @Override
  public void close() {
    lasting.close();
  }
}
