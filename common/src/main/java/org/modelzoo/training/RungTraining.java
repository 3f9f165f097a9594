package org.modelzoo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.RunDirectory;

/**
 * Trains a member over a part of its epochs: from its checkpoint where there is one that isn't
 * further, else from its first epoch, with the same bits either way. Leaves a checkpoint and no
 * other file. Runs on an executor; can run twice without harm.
 */
public final class RungTraining {
  private final RungPlan plan;
  private final RunDirectory run;
  private final Configuration hadoop;
  private final SteadyClock clock;

  /**
   * @param run where the member's checkpoint is
   */
  public RungTraining(RungPlan plan, RunDirectory run, Configuration hadoop) {
    this(plan, run, hadoop, new SteadyClock());
  }

  /**
   * @param clock for the limit
   */
  RungTraining(RungPlan plan, RunDirectory run, Configuration hadoop, SteadyClock clock) {
    this.plan = plan;
    this.run = run;
    this.hadoop = hadoop;
    this.clock = clock;
  }

  /** Trains and evaluates; every exception becomes an outcome. */
  public RungOutcome run(MemberListener listener, BooleanSupplier cancelled) {
    long started = System.nanoTime();
    try {
      return train(listener, cancelled, started);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return new RungOutcome.Ended(
          MemberFailures.outcomeOf(e, run.location()), 0, secondsSince(started));
    }
  }

  private RungOutcome train(MemberListener listener, BooleanSupplier cancelled, long started)
      throws IOException {
    MemberPlan member = plan.member();
    List<String> remarks = new ArrayList<>();
    try (LocalTrainer trainer = new LocalTrainer(member, hadoop)) {
      EpochLoop loop =
          new EpochLoop(
              member,
              trainer,
              new Checkpoints(run, member, remarks::add),
              listener,
              cancelled,
              clock);
      Optional<MemberOutcome> end = loop.runTo(plan.until(), plan.limitMillis());
      long trained = Math.max(0, loop.imagesSeen() - (long) plan.from() * trainer.imagesPerEpoch());
      if (end.isPresent()) {
        return loop.isTimeUp() && end.get() instanceof MemberOutcome.Cancelled
            ? new RungOutcome.OutOfTime(trained, secondsSince(started))
            : new RungOutcome.Ended(end.get(), trained, secondsSince(started));
      }
      Predictions predictions = trainer.predict(member.splits());
      return predictions.areNumbers()
          ? new RungOutcome.Finished(
              predictions.blocks().stream().map(TaskScore::of).toList(),
              trained,
              secondsSince(started),
              remarks)
          : new RungOutcome.Ended(loop.divergedAtTheEnd(), trained, secondsSince(started));
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
