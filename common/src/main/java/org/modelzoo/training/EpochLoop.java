package org.modelzoo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.Seeds;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.data.Augment;
import org.modelzoo.data.Batch;
import org.modelzoo.data.BatchStream;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.network.Networks;
import org.modelzoo.network.SgdTrainer;
import org.modelzoo.store.MemberFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The epochs of one member: SGD over batches that mix its tasks. Each epoch's randomness derives
 * from (member seed, epoch), so training continued from a checkpoint ends with the same bits.
 */
final class EpochLoop {
  private final MemberPlan plan;
  private final ComputationGraph graph;
  private final List<LabelledImages> images;
  private final Checkpoints checkpoints;
  private final ProgressMeter progress;
  private final BooleanSupplier cancelled;
  private final List<MemberFile.Epoch> epochs = new ArrayList<>();
  private final int imagesPerEpoch;
  private final LearningRate learningRate;
  private final long stepsPerEpoch;
  private final SteadyClock clock;
  private long startedMillis;
  private long imagesSeen;
  private long limitMillis;

  /**
   * A loop.
   *
   * @param images training images of each of the member's tasks
   * @param clock for limits and times
   */
  EpochLoop(
      MemberPlan plan,
      ComputationGraph graph,
      List<LabelledImages> images,
      Checkpoints checkpoints,
      MemberListener listener,
      BooleanSupplier cancelled,
      SteadyClock clock) {
    this.plan = plan;
    this.graph = graph;
    this.images = images;
    this.checkpoints = checkpoints;
    this.cancelled = cancelled;
    this.clock = clock;
    this.startedMillis = clock.millis();
    this.imagesPerEpoch = images.stream().mapToInt(LabelledImages::size).sum();
    this.stepsPerEpoch = BatchStream.batches(imagesPerEpoch, plan.training().batchSize());
    this.learningRate = new LearningRate(plan.training(), stepsPerEpoch * plan.training().epochs());
    this.progress = new ProgressMeter(plan.training().epochs(), imagesPerEpoch, listener);
  }

  /** Trains to the end; empty when done, else why it ended early. */
  Optional<MemberOutcome> run() throws IOException {
    int all = plan.training().epochs();
    return run(all, done -> done < all && isUsual(done));
  }

  /**
   * Trains up to an epoch, as part of the whole training, and leaves a checkpoint there.
   *
   * @param until epochs done then
   * @param limitMillis of training from the first epoch on, after which it counts as cancelled; 0:
   *     no limit
   */
  Optional<MemberOutcome> runTo(int until, long limitMillis) throws IOException {
    this.limitMillis = limitMillis;
    return run(until, done -> done == until || isUsual(done));
  }

  private boolean isUsual(int done) {
    int every = plan.training().checkpointEvery();
    return every > 0 && done % every == 0;
  }

  private Optional<MemberOutcome> run(int until, IntPredicate checkpointAfter) throws IOException {
    TrainingConfig training = plan.training();
    try (SgdTrainer sgd =
        new SgdTrainer(graph, plan.networkSpec(), training.momentum(), training.weightDecay())) {
      checkpoints
          .last()
          .filter(checkpoint -> checkpoint.epochs().size() <= until)
          .ifPresent(checkpoint -> restore(checkpoint, sgd));
      while (epochs.size() < until) {
        Optional<MemberOutcome> end = epoch(epochs.size(), sgd);
        if (end.isPresent()) {
          return end;
        }
        if (checkpointAfter.test(epochs.size())) {
          checkpoints.save(
              new Checkpoint(
                  plan.seed(),
                  epochs,
                  graph.params().toFloatVector(),
                  sgd.momentum(),
                  trainedMillis()));
        }
      }
    }
    return Optional.empty();
  }

  private void restore(Checkpoint checkpoint, SgdTrainer sgd) {
    try (INDArray parameters = Nd4j.createFromArray(checkpoint.parameters())) {
      graph.params().assign(parameters);
    }
    sgd.restoreMomentum(checkpoint.momentum());
    epochs.addAll(checkpoint.epochs());
    startedMillis -= checkpoint.trainedMillis();
    imagesSeen = (long) imagesPerEpoch * epochs.size();
  }

  private Optional<MemberOutcome> epoch(int epoch, SgdTrainer sgd) {
    sgd.seedDropout(Seeds.derive(plan.seed(), "dropout", epoch));
    progress.startEpoch(epoch);
    long step = epoch * stepsPerEpoch;
    try (BatchStream batches =
        BatchStream.epoch(
            images,
            plan.training().batchSize(),
            plan.data(),
            plan.training().epochs() > 1 ? Augment.ON : Augment.OFF,
            Seeds.derive(plan.seed(), "batches", epoch))) {
      while (batches.hasNext()) {
        if (cancelled.getAsBoolean() || isTimeUp()) {
          return Optional.of(new MemberOutcome.Cancelled());
        }
        Batch batch = batches.next();
        double rate = learningRate.at(step++);
        SgdTrainer.StepResult result =
            sgd.step(batch.features(), batch.heads(), batch.labels(), batch.size(), rate);
        if (!Double.isFinite(result.loss())) {
          return Optional.of(new MemberOutcome.Diverged(epoch + 1, step, result.loss(), rate));
        }
        imagesSeen += batch.size();
        progress.batch(batch.size(), result.loss(), result.correct());
      }
    }
    if (!Networks.isFinite(graph)) {
      return Optional.of(
          new MemberOutcome.Diverged(epoch + 1, step, Double.NaN, learningRate.at(step - 1)));
    }
    epochs.add(progress.endEpoch());
    return Optional.empty();
  }

  /** For a network whose last step, after which no loss is taken, made its outputs undefined. */
  MemberOutcome.Diverged divergedAtTheEnd() {
    long steps = stepsPerEpoch * epochs.size();
    return new MemberOutcome.Diverged(epochs.size(), steps, Double.NaN, learningRate.at(steps - 1));
  }

  /** Mean loss and accuracy of each epoch. */
  List<MemberFile.Epoch> epochs() {
    return List.copyOf(epochs);
  }

  /** Time spent in training so far, that before a checkpoint included. */
  long trainedMillis() {
    return clock.millis() - startedMillis;
  }

  boolean isTimeUp() {
    return limitMillis > 0 && trainedMillis() >= limitMillis;
  }

  /** Images of an epoch. */
  int imagesPerEpoch() {
    return imagesPerEpoch;
  }

  /** Images trained on so far, those before a checkpoint included. */
  long imagesSeen() {
    return imagesSeen;
  }

  /** Images seen over all epochs. */
  long trainImages() {
    return (long) imagesPerEpoch * plan.training().epochs();
  }
}
