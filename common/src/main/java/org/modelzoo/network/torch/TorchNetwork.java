package org.modelzoo.network.torch;

import java.util.List;
import java.util.function.Supplier;
import org.modelzoo.network.Blueprint;
import org.modelzoo.network.Engine.Settings;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.StepResult;

/** A network of libtorch: training and prediction over one flat vector of parameters. */
@SuppressWarnings("try") // a scope is held, and not used
final class TorchNetwork implements Network {
  private final NetworkSpec spec;
  private final Settings settings;
  private final Numbers numbers;
  private final Place place;
  private final Blueprint blueprint;
  private final Weights weights;
  private final Prediction prediction;

  /** Made with the first step: who only predicts needs no gradient and no momentum. */
  private Training training;

  /**
   * A network to train and to predict with.
   *
   * @param place closed with the network
   */
  TorchNetwork(
      NetworkSpec spec, float[] parameters, Settings settings, Numbers numbers, Place place) {
    this.spec = spec;
    this.settings = settings;
    this.numbers = numbers;
    this.place = place;
    this.blueprint = Blueprint.of(spec);
    requireSize("parameters", parameters);
    try (Scope scope = place.enter()) {
      weights = new Weights(blueprint, numbers, place, parameters);
      prediction = new Prediction(spec, blueprint, weights, numbers, place);
    }
  }

  /** One over the parameters of another. */
  private TorchNetwork(TorchNetwork other) {
    spec = other.spec;
    settings = other.settings;
    numbers = other.numbers;
    place = other.place.twin();
    blueprint = other.blueprint;
    try (Scope scope = place.enter()) {
      weights = other.weights.shared();
      prediction = new Prediction(spec, blueprint, weights, numbers, place);
    }
  }

  private Training training() {
    if (training == null) {
      training = new Training(spec, blueprint, weights, settings, numbers, place);
    }
    return training;
  }

  @Override
  public void step(float[] features, int[] heads, int[] labels, int size, double learningRate) {
    within(() -> training().step(features, heads, labels, size, learningRate));
  }

  @Override
  public List<StepResult> drain() {
    return within(() -> training().drain());
  }

  @Override
  public long[] dropoutState() {
    return within(() -> training().dropout().states());
  }

  @Override
  public void restoreDropout(long[] state) {
    within(() -> training().dropout().restore(state));
  }

  @Override
  public float[] parameters() {
    return within(() -> Vectors.read(weights.values));
  }

  @Override
  public float[] momentum() {
    return within(() -> Vectors.read(training().velocity()));
  }

  @Override
  public void restore(float[] parameters, float[] momentum) {
    requireSize("parameters", parameters);
    requireSize("momentum", momentum);
    within(
        () -> {
          training().restart();
          Vectors.write(parameters, weights.values);
          Vectors.write(momentum, training().velocity());
        });
  }

  private void requireSize(String what, float[] values) {
    if (values.length != blueprint.size()) {
      throw new IllegalArgumentException(
          "%s: %d values for a network of %d".formatted(what, values.length, blueprint.size()));
    }
  }

  @Override
  public float[] probabilities(float[] features, int size, int head) {
    return within(() -> prediction.probabilities(features, size, head));
  }

  @Override
  public Network twin() {
    return new TorchNetwork(this);
  }

  private void within(Runnable work) {
    within(
        () -> {
          work.run();
          return null;
        });
  }

  private <T> T within(Supplier<T> work) {
    try (Scope scope = place.enter()) {
      return work.get();
    } catch (RuntimeException e) {
      throw place.translate(e);
    }
  }

  @Override
  public void close() {
    try (Scope scope = place.enter()) {
      place.synchronize();
      prediction.close();
      if (training != null) {
        training.close();
      }
      weights.close();
    }
    place.close();
  }
}
