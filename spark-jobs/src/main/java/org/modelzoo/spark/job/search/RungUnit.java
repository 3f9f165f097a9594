package org.modelzoo.spark.job.search;

import java.util.stream.Collectors;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.farm.UnitContext;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.PartialTraining;

/**
 * Trains one member of a trial over one rung, on an executor.
 *
 * @param study its name
 * @param directory the study's, the pool of its units
 * @param trial its name, which is its directory's too
 * @param rung its number
 * @param attempt at the rung, 1-based
 */
public record RungUnit(
    String study, String directory, String trial, int rung, int attempt, PartialTraining training)
    implements Unit<PartialTraining.Result> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "%s %s %s".formatted(study, rungName(), training.member().id());
  }

  private String rungName() {
    String name = "%s rung %d".formatted(trial, rung + 1);
    return attempt == 1 ? name : name + " attempt " + attempt;
  }

  @Override
  public String pool() {
    return directory;
  }

  @Override
  public String description() {
    return "%s: epochs %d to %d of %d on %s"
        .formatted(
            rungName(),
            training.from() + 1,
            training.until(),
            training.member().training().epochs(),
            training.member().tasks().stream()
                .map(task -> training.member().data().set().tasks().get(task).name())
                .collect(Collectors.joining(", ")));
  }

  @Override
  public PartialTraining.Result run(UnitContext context) {
    RunDirectory run =
        RunDirectory.at(directory, context.hadoop()).inside(SearchFiles.TRIALS + "/" + trial);
    return training.run(
        run,
        context.hadoop(),
        context.device(),
        progress ->
            context.report(
                new RunEvent.MemberProgressed(
                    study + " " + trial, training.member().id(), progress, context.place())),
        context);
  }
}
