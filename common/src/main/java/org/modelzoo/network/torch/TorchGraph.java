package org.modelzoo.network.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.modelzoo.network.Blueprint;
import org.modelzoo.network.layer.BatchNormalization;
import org.modelzoo.network.layer.Convolution;
import org.modelzoo.network.layer.GlobalAveragePooling;
import org.modelzoo.network.layer.HeadsOutput;
import org.modelzoo.network.layer.MaximumPooling;
import org.modelzoo.network.layer.ResidualSum;

/**
 * A network's layers, computed one after the other, forwards and back. Every array is freed as soon
 * as nothing needs it any more.
 */
final class TorchGraph implements AutoCloseable {
  private final List<Blueprint.Vertex> vertices;
  private final List<TorchLayer> layers = new ArrayList<>();

  /** The last vertex that reads the output of each. */
  private final int[] lastReader;

  private final Tensor[] outputs;
  private final Tensor[] gradients;

  /**
   * @param dropout of the layers that drop, in their order; null where nobody trains
   */
  TorchGraph(Blueprint blueprint, Weights weights, Numbers numbers, DropoutBits dropout) {
    vertices = blueprint.vertices();
    lastReader = new int[vertices.size()];
    outputs = new Tensor[vertices.size()];
    gradients = new Tensor[vertices.size()];
    for (int i = 0; i < vertices.size(); i++) {
      layers.add(layer(vertices.get(i), weights, numbers, dropout));
      for (int input : vertices.get(i).inputs()) {
        if (input != Blueprint.IMAGES) {
          lastReader[input] = i;
        }
      }
    }
  }

  private static TorchLayer layer(
      Blueprint.Vertex vertex, Weights weights, Numbers numbers, DropoutBits dropout) {
    Map<String, Weights.Array> arrays = weights.arrays(vertex);
    Object configuration = vertex.configuration();
    if (configuration instanceof Convolution convolution) {
      return new TorchConvolution(convolution.shape(), arrays.get(Convolution.WEIGHTS));
    }
    if (configuration instanceof BatchNormalization normalisation) {
      double probability = normalisation.dropoutProbability();
      boolean drops = dropout != null && probability > 0;
      return new TorchBatchNormalization(
          normalisation, arrays, drops ? dropout.layer(probability) : null);
    }
    if (configuration instanceof MaximumPooling pooling) {
      return new TorchMaximumPooling(pooling.size());
    }
    if (configuration instanceof GlobalAveragePooling) {
      return new TorchGlobalAveragePooling(numbers);
    }
    if (configuration instanceof ResidualSum) {
      return new TorchSum();
    }
    if (configuration instanceof HeadsOutput) {
      return new TorchHeads(arrays);
    }
    throw new IllegalArgumentException(
        "layer %s is a %s, which the torch engine does not know"
            .formatted(vertex.name(), configuration.getClass().getSimpleName()));
  }

  /**
   * The logits of a training step, [n, outputs] in the master type, for the caller to close.
   *
   * @param images [n, channels, height, width] in the working type; needed until the way back is
   *     gone
   */
  Tensor train(Tensor images) {
    Arrays.fill(gradients, null); // of a step that failed
    for (int i = 0; i < layers.size(); i++) {
      outputs[i] = layers.get(i).train(inputs(i, images));
    }
    return take(outputs, layers.size() - 1);
  }

  /**
   * Goes back, and writes the gradient of every parameter.
   *
   * @param gradient of the loss with respect to the logits; the caller's
   */
  void backward(Tensor gradient) {
    int last = layers.size() - 1;
    gradients[last] = new Tensor(gradient);
    for (int i = last; i >= 0; i--) {
      try (Tensor arrived = take(gradients, i);
          Tensor inputGradient = layers.get(i).backward(arrived)) {
        if (inputGradient != null) {
          vertices.get(i).inputs().forEach(input -> add(inputGradient, input));
        }
      }
      if (outputs[i] != null) {
        take(outputs, i).close();
      }
    }
  }

  /** Adds to the gradient of a vertex's output; that of images is of no interest. */
  private void add(Tensor gradient, int vertex) {
    if (vertex == Blueprint.IMAGES) {
      return;
    }
    Tensor before = gradients[vertex];
    if (before == null) {
      gradients[vertex] = new Tensor(gradient);
    } else {
      gradients[vertex] = before.add(gradient);
      before.close();
    }
  }

  /** The logits of a prediction, [n, outputs], for the caller to close. */
  Tensor infer(Tensor images) {
    for (int i = 0; i < layers.size(); i++) {
      outputs[i] = layers.get(i).infer(inputs(i, images));
      for (int input : vertices.get(i).inputs()) {
        if (input != Blueprint.IMAGES && lastReader[input] == i) {
          take(outputs, input).close();
        }
      }
    }
    return take(outputs, layers.size() - 1);
  }

  private Tensor[] inputs(int vertex, Tensor images) {
    return vertices.get(vertex).inputs().stream()
        .map(input -> input == Blueprint.IMAGES ? images : outputs[input])
        .toArray(Tensor[]::new);
  }

  private static Tensor take(Tensor[] tensors, int position) {
    Tensor tensor = tensors[position];
    tensors[position] = null;
    return tensor;
  }

  @Override
  public void close() {
    for (TorchLayer layer : layers) {
      layer.close();
    }
  }
}
