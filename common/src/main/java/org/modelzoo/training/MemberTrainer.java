package org.modelzoo.training;

import java.util.List;
import org.modelzoo.store.Computation;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;

/**
 * Takes the steps of a member's training and evaluates its network: alone ({@link LocalTrainer}),
 * or with several workers whose parameters are averaged ({@link AveragingTrainer}). {@link
 * EpochLoop} says when. One thread.
 */
interface MemberTrainer extends AutoCloseable {
  /** Parameters of the network at the moment, flat, running statistics included. */
  float[] parameters();

  /** Training images of an epoch. */
  int imagesPerEpoch();

  /** Training images that each of the member's tasks has; null where nobody counted. */
  List<Integer> taskImages();

  /** Steps of an epoch; one of several workers together counts as one. */
  int stepsPerEpoch();

  /** Learning rate of a step of an epoch, both from 0. */
  double learningRate(int epoch, int step);

  /** Epochs between two checkpoints; 0 for none. */
  int checkpointEvery();

  /** Momentum of the optimiser, flat. */
  float[] momentum();

  /** Continues with the parameters and the momentum of a checkpoint. */
  void restore(float[] parameters, float[] momentum);

  /** What the steps taken so far by this trainer were computed with. */
  Computation computation();

  /** Begins an epoch, counted from 0. */
  void startEpoch(int epoch);

  /**
   * The state of each layer's dropout, for {@link #skipTo}.
   *
   * @throws UnsupportedOperationException if training can't continue within an epoch
   */
  long[] dropoutState();

  /** Continues the epoch just begun after a step that was taken before. */
  void skipTo(int step, long[] dropoutState);

  /** Takes the next steps of the epoch: a few, or those up to an average. */
  List<Advance> advance();

  /** Softmax outputs on all images of the member's tasks. */
  Predictions predict(List<Split> splits);

  /** Frees network and optimiser. */
  @Override
  void close();

  /**
   * What a step came to, or those up to an average together.
   *
   * @param endStep steps of the epoch taken so far; where the loss isn't finite, up to that loss
   * @param images trained on
   * @param loss mean over the images, nats
   * @param correct images classified correctly in their head
   */
  record Advance(int endStep, int images, double loss, int correct) {}
}
