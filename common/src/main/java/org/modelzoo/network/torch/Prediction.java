package org.modelzoo.network.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.modelzoo.network.Blueprint;
import org.modelzoo.network.NetworkSpec;

/** The predictions of a network, in the master type. Used within its place's scope. */
final class Prediction implements AutoCloseable {
  private final NetworkSpec spec;
  private final TorchGraph graph;
  private final Place place;
  private final ScalarType master;
  private Batch batch;

  Prediction(NetworkSpec spec, Blueprint blueprint, Weights weights, Numbers numbers, Place place) {
    this.spec = spec;
    this.graph = new TorchGraph(blueprint, weights, numbers, null);
    this.master = numbers.master();
    this.place = place;
    this.batch = new Batch(spec, 1, place);
  }

  /** See {@link org.modelzoo.network.Network#probabilities}. */
  float[] probabilities(float[] features, int size, int head) {
    if (batch.capacity() < size) {
      batch.close();
      batch = new Batch(spec, size, place);
    }
    batch.loadImages(features, size);
    int start = spec.firstColumn(head);
    Tensor logits = graph.infer(batch.images(size).to(master));
    return Vectors.read(logits.narrow(1, start, spec.headSizes().get(head)).softmax(1));
  }

  @Override
  public void close() {
    batch.close();
    graph.close();
  }
}
