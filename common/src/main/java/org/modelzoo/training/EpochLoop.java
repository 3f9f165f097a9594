package org.modelzoo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.base.StopSignal;
import org.modelzoo.network.Networks;
import org.modelzoo.store.Computation;
import org.modelzoo.store.MemberFile;

/**
 * The epochs of one member, with its checkpoints, limits and progress. Training continued from a
 * checkpoint ends with the same bits.
 */
final class EpochLoop {
  private final MemberPlan plan;
  private final MemberTrainer trainer;
  private final Checkpoints checkpoints;
  private final ProgressMeter progress;
  private final StopSignal stop;
  private final EpochEvaluations evaluations;
  private final List<MemberFile.Epoch> epochs = new ArrayList<>();
  private final SteadyClock clock;
  private Optional<Computation> earlier = Optional.empty();
  private long startedMillis;
  private long imagesSeen;

  /** Of the epoch that comes next, taken before a checkpoint; null for none. */
  private EpochPart part;

  private long limitMillis;

  /**
   * A loop.
   *
   * @param trainer at the first step; left open
   * @param evaluateEvery epochs between evaluations on test images; 0 for none
   * @param clock for limits and times
   */
  EpochLoop(
      MemberPlan plan,
      MemberTrainer trainer,
      Checkpoints checkpoints,
      int evaluateEvery,
      MemberListener listener,
      StopSignal stop,
      SteadyClock clock) {
    this.plan = plan;
    this.trainer = trainer;
    this.checkpoints = checkpoints;
    this.evaluations = new EpochEvaluations(evaluateEvery, trainer, listener);
    this.stop = stop;
    this.clock = clock;
    this.startedMillis = clock.millis();
    this.progress = new ProgressMeter(plan.training().epochs(), trainer.imagesPerEpoch(), listener);
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
    int every = trainer.checkpointEvery();
    return every > 0 && done % every == 0;
  }

  private Optional<MemberOutcome> run(int until, IntPredicate checkpointAfter) throws IOException {
    checkpoints.last().filter(checkpoint -> !checkpoint.isBeyond(until)).ifPresent(this::restore);
    while (epochs.size() < until) {
      Optional<MemberOutcome> end = epoch(epochs.size());
      if (end.isPresent()) {
        return end;
      }
      evaluations.after(epochs.size());
      if (checkpointAfter.test(epochs.size())) {
        save(null);
      }
    }
    return Optional.empty();
  }

  /**
   * @param part of the epoch in progress; null between two
   */
  private void save(EpochPart part) throws IOException {
    checkpoints.save(
        new Checkpoint(
            plan.seed(),
            epochs,
            trainer.parameters(),
            trainer.momentum(),
            trainedMillis(),
            evaluations.all(),
            computation(),
            part));
  }

  private void restore(Checkpoint checkpoint) {
    trainer.restore(checkpoint.parameters(), checkpoint.momentum());
    earlier = Optional.of(checkpoint.computation());
    epochs.addAll(checkpoint.epochs());
    evaluations.restore(checkpoint.evaluations());
    startedMillis -= checkpoint.trainedMillis();
    imagesSeen = (long) trainer.imagesPerEpoch() * epochs.size();
    part = checkpoint.part();
  }

  private Optional<MemberOutcome> epoch(int epoch) throws IOException {
    progress.startEpoch(epoch);
    trainer.startEpoch(epoch);
    int step = skip();
    while (step < trainer.stepsPerEpoch()) {
      if (stop.cancelled() || isTimeUp()) {
        return Optional.of(new MemberOutcome.Cancelled());
      }
      if (stop.leaving()) {
        handBack(step);
        return Optional.of(new MemberOutcome.Cancelled());
      }
      for (MemberTrainer.Advance advance : trainer.advance()) {
        step = advance.endStep();
        if (!Double.isFinite(advance.loss())) {
          return Optional.of(diverged(epoch, step, advance.loss()));
        }
        imagesSeen += advance.images();
        progress.batch(advance.images(), advance.loss(), advance.correct());
      }
    }
    if (!Networks.areFinite(trainer.parameters())) {
      return Optional.of(diverged(epoch, step, Double.NaN));
    }
    epochs.add(progress.endEpoch());
    return Optional.empty();
  }

  /** Leaves out the steps that were taken before a checkpoint within the epoch; says how many. */
  private int skip() {
    if (part == null) {
      return 0;
    }
    EpochPart taken = part;
    part = null;
    trainer.skipTo(taken.step(), taken.dropout());
    progress.restore(taken);
    imagesSeen += taken.images();
    return taken.step();
  }

  /** Leaves a checkpoint after this step of the epoch, for whoever continues. */
  private void handBack(int step) throws IOException {
    if (step > 0) {
      save(progress.part(step, trainer.dropoutState()));
    } else if (!epochs.isEmpty()) {
      save(null);
    }
  }

  /** For a network whose last step, after which no loss is taken, made its outputs undefined. */
  MemberOutcome.Diverged divergedAtTheEnd() {
    return diverged(epochs.size() - 1, trainer.stepsPerEpoch(), Double.NaN);
  }

  private MemberOutcome.Diverged diverged(int epoch, int endStep, double loss) {
    return new MemberOutcome.Diverged(
        epoch + 1,
        (long) epoch * trainer.stepsPerEpoch() + endStep,
        loss,
        trainer.learningRate(epoch, endStep - 1));
  }

  /**
   * How the training went, that ends now.
   *
   * @param executor null where nobody knows
   */
  MemberFiles.Course course(String executor) {
    long finishedMillis = clock.millis();
    return new MemberFiles.Course(
        (long) trainer.imagesPerEpoch() * plan.training().epochs(),
        trainer.taskImages(),
        startedMillis,
        finishedMillis,
        List.copyOf(epochs),
        evaluations.all(),
        executor,
        computation());
  }

  /** That of an interrupted training before this one included. */
  private Computation computation() {
    Computation now = trainer.computation();
    return earlier.map(before -> before.then(now)).orElse(now);
  }

  /** Time spent in training so far, that before a checkpoint included. */
  private long trainedMillis() {
    return clock.millis() - startedMillis;
  }

  boolean isTimeUp() {
    return limitMillis > 0 && trainedMillis() >= limitMillis;
  }

  /** Images trained on so far, those before a checkpoint included. */
  long imagesSeen() {
    return imagesSeen;
  }
}
