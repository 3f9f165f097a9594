package org.modelzoo.training;

import java.io.Serializable;
import org.modelzoo.store.Predictions.Block;

/**
 * How well a task's images are done.
 *
 * @param task its place in the configuration
 * @param loss mean negative log of the probability of the true class
 * @param accuracy share of images with no class more probable than the true one
 */
public record TaskScore(int task, double loss, double accuracy) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The mean over a block's images. */
  static TaskScore of(Block block) {
    double loss = 0;
    int correct = 0;
    int images = block.labels().length;
    for (int i = 0; i < images; i++) {
      int row = i * block.classes();
      float right = block.probabilities()[row + block.labels()[i]];
      loss -= Math.log(Math.max(right, Float.MIN_NORMAL));
      int better = 0;
      for (int column = 0; column < block.classes(); column++) {
        better += block.probabilities()[row + column] > right ? 1 : 0;
      }
      correct += better == 0 ? 1 : 0;
    }
    return new TaskScore(block.task(), loss / images, (double) correct / images);
  }
}
