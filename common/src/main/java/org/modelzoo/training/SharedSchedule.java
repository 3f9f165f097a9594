package org.modelzoo.training;

import java.util.ArrayList;
import java.util.List;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.DataParallelConfig;
import org.modelzoo.data.Augment;
import org.modelzoo.data.BatchStream;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.WorkerShares;

/**
 * Who trains on what, when and at which rate, where several workers train one member. A step of all
 * workers counts as one, as a step of a single machine with the joint batch does, and the learning
 * rate goes by these steps. With one worker it is the training of a single machine, batch by batch.
 *
 * <p>Made alike on the driver and on every executor from the plan and the number of images.
 */
public final class SharedSchedule {
  private final MemberPlan plan;
  private final int imagesPerEpoch;
  private final DataParallelConfig parallel;
  private final WorkerShares shares;
  private final LearningRate learningRate;

  /**
   * @param imagesPerEpoch training images of all tasks of the member
   */
  public SharedSchedule(MemberPlan plan, int imagesPerEpoch) {
    this.plan = plan;
    this.imagesPerEpoch = imagesPerEpoch;
    this.parallel = plan.training().dataParallel();
    this.shares =
        new WorkerShares(
            imagesPerEpoch,
            parallel.workers(),
            parallel.batchOfWorker(plan.training().batchSize()));
    this.learningRate =
        new LearningRate(plan.training(), (long) shares.steps() * plan.training().epochs());
  }

  /** The periods of an epoch; none reaches into the next epoch. */
  List<AveragingPeriod> periods(int epoch) {
    List<AveragingPeriod> periods = new ArrayList<>();
    for (int step = 0; step < shares.steps(); step += parallel.averagingFrequency()) {
      int end = (int) Math.min(shares.steps(), (long) step + parallel.averagingFrequency());
      periods.add(new AveragingPeriod(epoch, step, end, imagesPerEpoch));
    }
    return periods;
  }

  /** Steps of all workers together in an epoch. */
  int stepsPerEpoch() {
    return shares.steps();
  }

  /** Learning rate of a step of an epoch, both from 0. */
  public double rate(int epoch, int step) {
    return learningRate.at((long) epoch * shares.steps() + step);
  }

  /** Seed of a worker's dropout in a period. */
  public long dropoutSeed(AveragingPeriod period, int worker) {
    return Seeds.derive(plan.seed(), "dropout", period.epoch(), period.firstStep(), worker);
  }

  /**
   * Starts the batches of a worker, one for each step of the period, but for steps that it sits
   * out.
   */
  public BatchStream batches(List<LabelledImages> training, AveragingPeriod period, int worker) {
    return BatchStream.share(
        training,
        shares,
        worker,
        period.firstStep(),
        period.endStep(),
        plan.data(),
        plan.training().epochs() > 1 ? Augment.ON : Augment.OFF,
        Seeds.derive(plan.seed(), "batches", period.epoch()));
  }
}
