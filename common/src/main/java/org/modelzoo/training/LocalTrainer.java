package org.modelzoo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.Seeds;
import org.modelzoo.data.Augment;
import org.modelzoo.data.Batch;
import org.modelzoo.data.BatchStream;
import org.modelzoo.network.Device;
import org.modelzoo.network.Network;
import org.modelzoo.network.StepResult;
import org.modelzoo.store.Computation;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

/**
 * One optimiser: SGD over batches that mix the member's tasks. Each epoch's randomness derives from
 * (member seed, epoch). Runs on an executor.
 */
final class LocalTrainer implements MemberTrainer {
  /** What steps came to is fetched from the device after so many: each time the device waits. */
  private static final int DRAIN_STEPS = 50;

  /** Or after this time, so that progress and cancellation don't wait for long steps. */
  private static final long DRAIN_NANOS = 200_000_000L;

  private final MemberPlan plan;
  private final MemberImages images;
  private final String engine;
  private final Network network;
  private final int imagesPerEpoch;
  private final int stepsPerEpoch;
  private final LearningRate learningRate;
  private BatchStream batches;
  private int epoch;
  private int step;
  private int skippedSteps;

  /**
   * Loads the images and builds the network.
   *
   * @param run where the member is that this one continues
   * @throws org.modelzoo.base.ModelZooException (data) when the images, or that member, can't be
   *     used
   */
  LocalTrainer(MemberPlan plan, RunDirectory run, Configuration hadoop, Device device)
      throws IOException {
    this.plan = plan;
    this.images = MemberImages.load(plan, hadoop);
    String before = plan.continuation() == null ? null : plan.continuation().member();
    this.engine = MemberNetwork.engine(plan, device).name();
    this.network =
        before == null
            ? MemberNetwork.open(plan, device)
            : MemberNetwork.continuing(plan, new MemberStore(run), before, device);
    this.imagesPerEpoch = images.imagesPerEpoch();
    this.stepsPerEpoch = BatchStream.batches(imagesPerEpoch, plan.training().batchSize());
    this.learningRate =
        new LearningRate(plan.training(), (long) stepsPerEpoch * plan.training().epochs());
  }

  @Override
  public float[] parameters() {
    return network.parameters();
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
    return network.momentum();
  }

  @Override
  public void restore(float[] parameters, float[] momentum) {
    network.restore(parameters, momentum);
  }

  @Override
  public Computation computation() {
    return new Computation(engine, KebabCase.of(plan.training().precision()), skippedSteps);
  }

  @Override
  public void startEpoch(int started) {
    epoch = started;
    step = 0;
    network.seedDropout(Seeds.derive(plan.seed(), "dropout", epoch));
    batches =
        BatchStream.epoch(
            images.ofEpoch(Seeds.derive(plan.seed(), "replay", epoch)),
            plan.training().batchSize(),
            plan.data(),
            plan.training().epochs() > 1 ? Augment.ON : Augment.OFF,
            Seeds.derive(plan.seed(), "batches", epoch));
  }

  @Override
  public long[] dropoutState() {
    return network.dropoutState();
  }

  @Override
  public void skipTo(int first, long[] dropoutState) {
    while (step < first) {
      batches.next();
      step++;
    }
    network.restoreDropout(dropoutState);
  }

  @Override
  public List<Advance> advance() {
    int first = step;
    long end = System.nanoTime() + DRAIN_NANOS;
    do {
      Batch batch = batches.next();
      network.step(
          batch.features(),
          batch.heads(),
          batch.labels(),
          batch.size(),
          learningRate(epoch, step++));
    } while (step < stepsPerEpoch && step - first < DRAIN_STEPS && System.nanoTime() < end);
    if (step == stepsPerEpoch) {
      batches.close();
    }
    List<Advance> steps = new ArrayList<>();
    for (StepResult result : network.drain()) {
      skippedSteps += result.skipped() ? 1 : 0;
      steps.add(new Advance(++first, result.images(), result.loss(), result.correct()));
    }
    return steps;
  }

  @Override
  public Predictions predict(List<Split> splits) {
    return new Evaluation(plan, network).part(images.tasks(), splits, 0, 1);
  }

  @Override
  public void close() {
    if (batches != null) {
      batches.close();
    }
    network.close();
  }
}
