package org.modelzoo.training;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.base.StopSignal;
import org.modelzoo.network.Device;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.RunDirectory;

/**
 * Trains a member over a part of its epochs, within the learning-rate schedule of the whole: from
 * its checkpoint where there is one that isn't further, else from its first epoch, with the same
 * bits either way. Leaves a checkpoint and no other file. Made on the driver, runs on an executor;
 * can run twice without harm.
 *
 * @param member the whole; its only split is the one to evaluate on
 * @param from epochs done before
 * @param until epochs done at the end
 * @param limitMillis that the member may train, from its first epoch on; 0: no limit
 */
public record PartialTraining(MemberPlan member, int from, int until, long limitMillis)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What came of it. Crosses from executor to driver.
   *
   * @param scores one for each task of the member; empty unless it completed its part
   * @param images trained on in this part
   * @param seconds wall time of this part on its executor
   */
  public record Result(MemberOutcome outcome, List<TaskScore> scores, long images, double seconds)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  public PartialTraining {
    if (from < 0 || until <= from || until > member.training().epochs()) {
      throw new IllegalArgumentException(
          "epochs %d to %d of %d".formatted(from, until, member.training().epochs()));
    }
  }

  /**
   * Trains and evaluates; every exception becomes an outcome.
   *
   * @param run where the member's checkpoint is
   */
  public Result run(
      RunDirectory run,
      Configuration hadoop,
      Device device,
      MemberListener listener,
      StopSignal stop) {
    return run(run, hadoop, device, new SteadyClock(), listener, stop);
  }

  /**
   * @param clock for the limit
   */
  Result run(
      RunDirectory run,
      Configuration hadoop,
      Device device,
      SteadyClock clock,
      MemberListener listener,
      StopSignal stop) {
    long started = System.nanoTime();
    try {
      List<String> remarks = new ArrayList<>();
      try (LocalTrainer trainer = new LocalTrainer(member, run, hadoop, device)) {
        EpochLoop loop =
            new EpochLoop(
                member,
                trainer,
                new Checkpoints(run, member, remarks::add),
                /* evaluateEvery= */ 0,
                listener,
                stop,
                clock);
        Optional<MemberOutcome> end = loop.runTo(until, limitMillis);
        long images = Math.max(0, loop.imagesSeen() - (long) from * trainer.imagesPerEpoch());
        if (end.isPresent()) {
          boolean timeIsUp = loop.isTimeUp() && end.get() instanceof MemberOutcome.Cancelled;
          return without(timeIsUp ? new MemberOutcome.OutOfTime() : end.get(), images, started);
        }
        Predictions predictions = trainer.predict(member.splits());
        return predictions.areNumbers()
            ? new Result(
                new MemberOutcome.Completed(remarks),
                predictions.blocks().stream().map(TaskScore::of).toList(),
                images,
                secondsSince(started))
            : without(loop.divergedAtTheEnd(), images, started);
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return without(MemberFailures.outcomeOf(e, run.location()), 0, started);
    }
  }

  private static Result without(MemberOutcome outcome, long images, long started) {
    return new Result(outcome, List.of(), images, secondsSince(started));
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
