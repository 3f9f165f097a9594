package org.modelzoo.training;

import java.util.List;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;

/**
 * The workers that train one member together, as the driver sees them. Errors are {@code
 * ModelZooException}s of the kind of what went wrong.
 */
public interface Replicas {
  /** Training images of an epoch; asks a worker, since the driver has no images. */
  int imagesPerEpoch();

  /**
   * Every worker takes the steps of the period from these parameters, then the parameters are
   * averaged.
   *
   * @param parameters at the start
   * @param momentum of the optimiser at the start
   */
  Average train(float[] parameters, float[] momentum, AveragingPeriod period);

  /** Softmax outputs on all images of the member's tasks, each worker on its part of them. */
  Predictions predict(float[] parameters, List<Split> splits);

  /**
   * What the steps of a period came to, over all workers.
   *
   * @param parameters their average; null where a loss was not finite
   * @param momentum of the optimiser for the next period
   * @param lossSum of the images, nats
   * @param correct images classified correctly in their head
   * @param divergedStep of the epoch, from 0; −1 when every loss was a number
   * @param divergedLoss the loss there
   */
  record Average(
      float[] parameters,
      float[] momentum,
      double lossSum,
      int images,
      int correct,
      int divergedStep,
      double divergedLoss) {}
}
