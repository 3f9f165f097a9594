package org.modelzoo.spark.job.search;

import java.util.stream.Collectors;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.farm.UnitContext;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.RungOutcome;
import org.modelzoo.training.RungPlan;
import org.modelzoo.training.RungTraining;

/**
 * Trains one member of a trial over one rung, on an executor.
 *
 * @param study its name
 * @param directory the study's, the pool of its units
 * @param trial its name, which is its directory's too
 * @param rung names this try of the rung
 */
public record RungUnit(String study, String directory, String trial, String rung, RungPlan plan)
    implements Unit<RungOutcome> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "%s %s %s".formatted(study, rung, plan.member().id());
  }

  @Override
  public String pool() {
    return directory;
  }

  @Override
  public String description() {
    return "%s: epochs %d to %d of %d on %s"
        .formatted(
            rung,
            plan.from() + 1,
            plan.until(),
            plan.member().training().epochs(),
            plan.member().tasks().stream()
                .map(task -> plan.member().data().set().tasks().get(task).name())
                .collect(Collectors.joining(", ")));
  }

  @Override
  public RungOutcome run(UnitContext context) {
    RunDirectory run =
        RunDirectory.at(directory, context.hadoop()).inside(SearchFiles.TRIALS + "/" + trial);
    return new RungTraining(plan, run, context.hadoop())
        .run(
            progress ->
                context.report(
                    new RunEvent.MemberProgressed(
                        study + " " + trial, plan.member().id(), progress, context.place())),
            context::cancelled);
  }
}
