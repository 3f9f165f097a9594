package org.modelzoo.spark.job;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.farm.UnitContext;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.MemberTraining;

/** Trains one member of a run on an executor. */
public record MemberUnit(String method, String runDirectory, MemberPlan plan)
    implements Unit<MemberOutcome> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return method + " " + plan.id();
  }

  @Override
  public String pool() {
    return runDirectory;
  }

  @Override
  public String description() {
    return id() + ": " + String.join(", ", tasks());
  }

  /** The names of the member's tasks. */
  List<String> tasks() {
    return plan.tasks().stream().map(task -> plan.data().set().tasks().get(task).name()).toList();
  }

  /** Where the run is. */
  public RunDirectory directory(Configuration hadoop) {
    return RunDirectory.at(runDirectory, hadoop);
  }

  @Override
  public MemberOutcome run(UnitContext context) {
    if (plan.training().dataParallel().isOn()) {
      return new MemberOutcome.Failed(
          ErrorKind.CONFIGURATION,
          "this command trains each member on one executor; set training.data-parallel.workers = 0",
          "");
    }
    return new MemberTraining(
            plan,
            directory(context.hadoop()),
            context.hadoop(),
            context.device(),
            context.executor())
        .run(new MemberEvents(this, context.place(), context::report), context);
  }
}
