package org.modelzoo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.base.StopSignal;
import org.modelzoo.network.Device;
import org.modelzoo.network.Network;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.RunDirectory;

/**
 * Trains one member from its plan to its committed files, on an executor, or from the driver with
 * several workers. Can run twice without harm: it finds a committed member, or the checkpoint from
 * which it continues.
 */
public final class MemberTraining {
  /** Images predicted at once. */
  public static final int EVALUATION_BATCH = Network.PREDICTION_BATCH;

  private final MemberPlan plan;
  private final RunDirectory run;
  private final Opening trainer;
  private final String executor;

  /** A training on this processor, with one native thread. */
  public MemberTraining(MemberPlan plan, RunDirectory run, Configuration hadoop) {
    this(plan, run, hadoop, Device.processor(1), null);
  }

  /**
   * A training on an executor.
   *
   * @param executor where this is, for the outcome; null where nobody knows
   */
  public MemberTraining(
      MemberPlan plan, RunDirectory run, Configuration hadoop, Device device, String executor) {
    this(plan, run, () -> new LocalTrainer(plan, run, hadoop, device), executor);
  }

  private MemberTraining(MemberPlan plan, RunDirectory run, Opening trainer, String executor) {
    this.plan = plan;
    this.run = run;
    this.trainer = trainer;
    this.executor = executor;
  }

  /** A training by several workers together, from the driver. Leaves the files of any other. */
  public static MemberTraining by(Replicas replicas, MemberPlan plan, RunDirectory run) {
    return new MemberTraining(
        plan, run, () -> new AveragingTrainer(plan, replicas), "several executors");
  }

  /** Makes a trainer. */
  @FunctionalInterface
  private interface Opening {
    MemberTrainer open() throws IOException;
  }

  /** Trains, evaluates and commits; every exception becomes an outcome. */
  public MemberOutcome run(MemberListener listener, StopSignal stop) {
    try {
      return train(listener, stop);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return MemberFailures.outcomeOf(e, run.location());
    }
  }

  private MemberOutcome train(MemberListener listener, StopSignal stop) throws IOException {
    MemberFiles files = new MemberFiles(plan, run);
    List<String> remarks = new ArrayList<>();
    Checkpoints checkpoints = new Checkpoints(run, plan, remarks::add);
    Optional<MemberFile> present = files.present(remarks::add);
    if (present.isPresent()) {
      checkpoints.delete();
      return new MemberOutcome.Completed(List.of(), present.get().evaluations());
    }
    MemberFiles.Course course;
    try (MemberTrainer opened = trainer.open()) {
      EpochLoop loop =
          new EpochLoop(
              plan,
              opened,
              checkpoints,
              plan.training().evaluateEvery(),
              listener,
              stop,
              new SteadyClock());
      Optional<MemberOutcome> end = loop.run();
      if (end.isPresent()) {
        return end.get();
      }
      course = loop.course(executor);
      Predictions predictions = opened.predict(plan.splits());
      if (!predictions.areNumbers()) {
        return loop.divergedAtTheEnd();
      }
      files.commit(opened.parameters(), predictions, course);
    }
    checkpoints.delete();
    return new MemberOutcome.Completed(remarks, course.evaluations());
  }
}
