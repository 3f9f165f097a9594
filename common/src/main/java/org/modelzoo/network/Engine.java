package org.modelzoo.network;

import java.util.Optional;
import org.modelzoo.config.Precision;

/**
 * A library that trains and runs networks. An engine has no state and any number of networks, each
 * of one thread. All engines keep parameters, running statistics and momentum in one order, that of
 * the model file, so that a network of one goes on in another. Runs on executors.
 */
public interface Engine {
  /** As in the configuration: {@code dl4j}, {@code torch}. */
  String name();

  /** Name and version of the library and of what it computes with, for people. Loads it. */
  String description(Device device);

  /** What its library needs to compute on NVIDIA's cards. */
  CardRequirements cardRequirements();

  /** Graphics cards that the library shows to this process; 0 without them. Loads it. */
  int cards();

  /**
   * Why networks of that precision can't be trained on that device by this engine, with the next
   * step; empty if they can. Loads the library.
   */
  Optional<String> problem(Device device, Precision precision);

  /**
   * A network to train and to predict with.
   *
   * @param parameters flat, running statistics included; copied
   * @throws org.modelzoo.base.ModelZooException (cluster) where {@link #problem} names one
   */
  Network open(NetworkSpec spec, float[] parameters, Settings settings, Device device);

  /**
   * What a network is trained with.
   *
   * @param momentum Nesterov momentum, in [0, 1)
   * @param weightDecay factor of the parameter added to its gradient
   * @param precision of the steps
   */
  record Settings(double momentum, double weightDecay, Precision precision) {}
}
