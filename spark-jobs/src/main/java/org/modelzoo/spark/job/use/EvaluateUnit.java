package org.modelzoo.spark.job.use;

import java.io.Serializable;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.TaskEnsemble;
import org.modelzoo.config.DataConfig;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskImages;
import org.modelzoo.data.TaskLoader;
import org.modelzoo.report.TaskEvaluation;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.farm.UnitContext;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.Zoo;
import org.modelzoo.zoo.ZooManifest;

/**
 * Measures a saved zoo on one task, with all members of the task.
 *
 * @param uri of the zoo
 * @param zoo its members at the beginning of the command: a run may go on meanwhile
 * @param dataTask id of the task in the data's configuration
 * @param dataSeed of the experiment whose data it is
 */
record EvaluateUnit(
    String uri, ZooManifest zoo, DataConfig data, int dataTask, long dataSeed, Split split)
    implements Unit<EvaluateUnit.Result> {
  private static final long serialVersionUID = 1L;

  /** What came of it: data, not an exception. */
  sealed interface Result extends Serializable {
    /** The task was measured. */
    record Measured(TaskEvaluation evaluation) implements Result {}

    /** It could not be. */
    record Failed(ErrorKind kind, String message) implements Result {}
  }

  /** Name of the task. */
  String task() {
    return data.set().tasks().get(dataTask).name();
  }

  @Override
  public String id() {
    return "evaluate " + task();
  }

  @Override
  public String pool() {
    return uri;
  }

  @Override
  public String description() {
    return "%s: %d members".formatted(id(), zoo.membersOf(zoo.task(task())).size());
  }

  @Override
  public Result run(UnitContext context) {
    int task = zoo.task(task());
    ZooManifest ofTask = zoo.with(member -> member.head(task).isPresent());
    try (Zoo loaded = Zoo.load(SavedZoo.at(uri, context.hadoop()), ofTask, context.device())) {
      LabelledImages images =
          imagesOf(TaskLoader.of(data, dataSeed, context.hadoop()).load(dataTask));
      TaskEnsemble ensemble = loaded.ensemble(task, images);
      return new Result.Measured(
          TaskEvaluation.of(task(), zoo.tasks().get(task).classes(), ensemble, images.labels()));
    } catch (ModelZooException e) {
      return new Result.Failed(e.kind(), e.getMessage());
    }
  }

  private LabelledImages imagesOf(TaskImages images) {
    return switch (split) {
      case TRAIN -> images.train();
      case VALIDATION -> images.validation();
      case TEST -> images.test();
    };
  }
}
