package org.modelzoo.network.torch;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.modelzoo.network.Blueprint;
import org.modelzoo.network.Engine.Settings;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.StepResult;

/** The steps of a network: what they need beside the layers. Used within its place's scope. */
final class Training implements AutoCloseable {
  /** Steps that may be asked for before what they came to is read from the device. */
  private static final int RECORDS = 512;

  private final NetworkSpec spec;
  private final Place place;
  private final Numbers numbers;
  private final Weights weights;
  private final DropoutBits dropout;
  private final TorchGraph graph;
  private final MaskedLoss loss;
  private final Sgd descent;
  private final LossScale scale;
  private final StepRecords records;
  private final StepRunner runner;
  private Batch batch;

  Training(
      NetworkSpec spec,
      Blueprint blueprint,
      Weights values,
      Settings settings,
      Numbers numbers,
      Place place) {
    this.spec = spec;
    this.place = place;
    this.numbers = numbers;
    this.weights = values.trained(numbers);
    dropout = new DropoutBits(blueprint.vertices().size(), place);
    graph = new TorchGraph(blueprint, weights, numbers, dropout);
    loss = new MaskedLoss(spec.headSizes(), place);
    descent = new Sgd(weights, settings.momentum(), settings.weightDecay());
    scale = numbers.scaled() ? new LossScale(weights, descent.velocity, place) : null;
    records = new StepRecords(RECORDS, numbers, place);
    runner = new StepRunner(place::recorder);
    batch = new Batch(spec, 1, place);
  }

  /** See {@link org.modelzoo.network.Network#step}. */
  void step(float[] features, int[] heads, int[] labels, int size, double learningRate) {
    if (batch.capacity() < size) {
      runner.forget();
      batch.close();
      batch = new Batch(spec, size, place);
    }
    batch.loadImages(features, size);
    batch.loadLabels(heads, labels, size);
    descent.rate(learningRate);
    records.begin(size);
    runner.run(size, () -> compute(size));
  }

  /** Asks for a step on the loaded batch; no more than operations on the device. */
  private void compute(int size) {
    if (scale != null) {
      scale.begin();
    }
    MaskedLoss.Result result = gradients(size);
    Tensor overflowed = scale == null ? null : scale.down();
    descent.step();
    if (scale != null) {
      scale.end(overflowed);
    }
    records.write(result, overflowed);
  }

  private MaskedLoss.Result gradients(int size) {
    weights.prepareStep();
    Tensor images = batch.images(size).to(numbers.working());
    MaskedLoss.Result result =
        loss.evaluate(graph.train(images), batch.heads(size), batch.labels(size));
    if (scale != null) {
      scale.up(result.gradient());
    }
    graph.backward(result.gradient());
    return result;
  }

  /** What each of the steps since the last call came to; waits for the device. */
  List<StepResult> drain() {
    return records.drain();
  }

  DropoutBits dropout() {
    return dropout;
  }

  /** v, [size]. */
  Tensor velocity() {
    return descent.velocity;
  }

  /** Forgets what the last steps left, for other parameters. */
  void restart() {
    weights.gradient.zero_();
    records.clear();
  }

  @Override
  public void close() {
    runner.close();
    batch.close();
    records.close();
    if (scale != null) {
      scale.close();
    }
    descent.close();
    loss.close();
    graph.close();
    dropout.close();
    weights.close();
  }
}
