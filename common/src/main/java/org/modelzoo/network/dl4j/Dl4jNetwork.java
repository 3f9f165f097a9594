package org.modelzoo.network.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.NativeDevices;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.StepResult;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network as Deeplearning4j runs it. */
public final class Dl4jNetwork implements Network {
  private final ComputationGraph graph;
  private final NetworkSpec spec;
  private final Engine.Settings settings;
  private final Predictor predictor;
  private final Device device;
  private final boolean ownsParameters;
  private final List<StepResult> results = new ArrayList<>();
  private SgdTrainer trainer;

  /**
   * Takes a graph over.
   *
   * @param graph made for this specification
   */
  Dl4jNetwork(ComputationGraph graph, NetworkSpec spec, Engine.Settings settings, Device device) {
    this(graph, spec, settings, device, /* ownsParameters= */ true);
  }

  private Dl4jNetwork(
      ComputationGraph graph,
      NetworkSpec spec,
      Engine.Settings settings,
      Device device,
      boolean ownsParameters) {
    this.graph = graph;
    this.spec = spec;
    this.settings = settings;
    this.predictor = new Predictor(graph, spec);
    this.device = device;
    this.ownsParameters = ownsParameters;
  }

  /** The graph, for who measures its parts. */
  public ComputationGraph graph() {
    return graph;
  }

  /** With the first step, since who only predicts needs no room for a momentum. */
  private SgdTrainer trainer() {
    if (trainer == null) {
      trainer = new SgdTrainer(graph, spec, settings.momentum(), settings.weightDecay());
    }
    return trainer;
  }

  @Override
  public void step(float[] features, int[] heads, int[] labels, int size, double learningRate) {
    results.add(trainer().step(features, heads, labels, size, learningRate));
  }

  @Override
  public List<StepResult> drain() {
    List<StepResult> drained = List.copyOf(results);
    results.clear();
    return drained;
  }

  @Override
  public long[] dropoutState() {
    return trainer().dropoutState();
  }

  @Override
  public void restoreDropout(long[] state) {
    trainer().restoreDropout(state);
  }

  @Override
  public float[] parameters() {
    return graph.params().toFloatVector();
  }

  @Override
  public float[] momentum() {
    return trainer().momentum();
  }

  @Override
  public void restore(float[] parameters, float[] momentum) {
    if (parameters.length != graph.numParams()) {
      throw new IllegalArgumentException(
          "%d parameters for a network of %d".formatted(parameters.length, graph.numParams()));
    }
    trainer().restoreMomentum(momentum);
    try (INDArray values = Nd4j.createFromArray(parameters)) {
      graph.params().assign(values.reshape(graph.params().shape()));
    }
  }

  @Override
  public float[] probabilities(float[] features, int size, int head) {
    return predictor.probabilities(features, size, head);
  }

  /** Layers keep what they prepared for one batch, so each thread has a graph of its own. */
  @Override
  public Network twin() {
    return new Dl4jNetwork(
        Dl4jEngine.graph(spec, graph.params()),
        spec,
        settings,
        device,
        /* ownsParameters= */ false);
  }

  @Override
  public void close() {
    if (trainer != null) {
      trainer.close();
    }
    if (ownsParameters) {
      graph.close();
    }
    if (device.isCard()) {
      NativeDevices.release();
    }
  }
}
