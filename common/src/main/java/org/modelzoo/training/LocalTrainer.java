package org.modelzoo.training;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.Seeds;
import org.modelzoo.data.Augment;
import org.modelzoo.data.Batch;
import org.modelzoo.data.BatchStream;
import org.modelzoo.network.SgdTrainer.StepResult;
import org.modelzoo.network.TrainingBatch;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

/**
 * One optimiser: SGD over batches that mix the member's tasks. Each epoch's randomness derives from
 * (member seed, epoch). Runs on an executor.
 */
final class LocalTrainer implements MemberTrainer {
  private final MemberPlan plan;
  private final MemberImages images;
  private final Replica replica;
  private final int imagesPerEpoch;
  private final int stepsPerEpoch;
  private final LearningRate learningRate;
  private BatchStream batches;
  private int epoch;
  private int step;

  /**
   * Loads the images and builds the network.
   *
   * @param run where the member is that this one continues
   * @throws org.modelzoo.base.ModelZooException (data) when the images, or that member, can't be
   *     used
   */
  LocalTrainer(MemberPlan plan, RunDirectory run, Configuration hadoop) throws IOException {
    this.plan = plan;
    this.images = MemberImages.load(plan, hadoop);
    this.replica = new Replica(plan);
    if (plan.continuation() != null && plan.continuation().member() != null) {
      replica.continueFrom(new MemberStore(run), plan.continuation().member());
    }
    this.imagesPerEpoch = images.imagesPerEpoch();
    this.stepsPerEpoch = BatchStream.batches(imagesPerEpoch, plan.training().batchSize());
    this.learningRate =
        new LearningRate(plan.training(), (long) stepsPerEpoch * plan.training().epochs());
  }

  @Override
  public ComputationGraph graph() {
    return replica.graph();
  }

  @Override
  public int imagesPerEpoch() {
    return imagesPerEpoch;
  }

  @Override
  public List<Integer> taskImages() {
    return images.tasks().stream().map(task -> task.train().size()).toList();
  }

  @Override
  public int stepsPerEpoch() {
    return stepsPerEpoch;
  }

  @Override
  public double learningRate(int ofEpoch, int ofStep) {
    return learningRate.at((long) ofEpoch * stepsPerEpoch + ofStep);
  }

  @Override
  public int checkpointEvery() {
    return plan.training().checkpointEvery();
  }

  @Override
  public float[] momentum() {
    return replica.momentum();
  }

  @Override
  public void restoreMomentum(float[] values) {
    replica.restoreMomentum(values);
  }

  @Override
  public void startEpoch(int started) {
    epoch = started;
    step = 0;
    replica.seedDropout(Seeds.derive(plan.seed(), "dropout", epoch));
    batches =
        BatchStream.epoch(
            images.ofEpoch(Seeds.derive(plan.seed(), "replay", epoch)),
            plan.training().batchSize(),
            plan.data(),
            plan.training().epochs() > 1 ? Augment.ON : Augment.OFF,
            Seeds.derive(plan.seed(), "batches", epoch));
  }

  @Override
  public Advance advance() {
    Batch batch = batches.next();
    try (TrainingBatch arrays =
        TrainingBatch.of(
            plan.networkSpec(), batch.features(), batch.heads(), batch.labels(), batch.size())) {
      StepResult result = replica.step(arrays, learningRate(epoch, step++));
      if (step == stepsPerEpoch) {
        batches.close();
      }
      return new Advance(step, batch.size(), result.loss(), result.correct());
    }
  }

  @Override
  public Predictions predict(List<Split> splits) {
    return new Evaluation(plan, replica.graph()).part(images.tasks(), splits, 0, 1);
  }

  @Override
  public void close() {
    if (batches != null) {
      batches.close();
    }
    replica.close();
  }
}
