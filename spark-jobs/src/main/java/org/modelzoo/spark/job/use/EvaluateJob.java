package org.modelzoo.spark.job.use;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.report.TaskEvaluation;
import org.modelzoo.report.ZooEvaluation;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooManifest;

/** Measures a saved zoo on the tasks of a configuration, each a unit on the farm. */
public final class EvaluateJob {
  private final SavedZoo saved;
  private final ZooManifest zoo;
  private final ModelZooConfig config;
  private final Split split;

  /**
   * A job; starts nothing.
   *
   * @param config whose data and seed count
   * @throws ModelZooException (configuration) if the zoo doesn't know the configuration's tasks, or
   *     has other images
   */
  public EvaluateJob(SavedZoo saved, ModelZooConfig config, Split split) {
    this.saved = saved;
    this.zoo = saved.manifest();
    this.config = config;
    this.split = split;
    requireShape();
    config.data().set().tasks().forEach(this::requireTask);
    if (split == Split.VALIDATION && config.data().validationShare() == 0) {
      throw configuration(
          "no images are held out for validation: data.validation-share is 0; raise it, or give another --split");
    }
  }

  private void requireShape() {
    if (!config.data().set().source().shape().equals(zoo.image())) {
      throw configuration(
          "the images of %s are %s, and zoo %s takes %s; give data of that shape (data.set.source)"
              .formatted(
                  config.data().set().name(),
                  config.data().set().source().shape(),
                  zoo.name(),
                  zoo.image()));
    }
  }

  private void requireTask(TaskConfig task) {
    int classes = zoo.tasks().get(zoo.task(task.name())).classes().size();
    if (classes != task.classes().size()) {
      throw configuration(
          "task %s has %d classes in data.set.tasks, and %d in zoo %s; give the classes it was trained on, in their order"
              .formatted(task.name(), task.classes().size(), classes, zoo.name()));
    }
  }

  /** What the user should know: classes that are called otherwise in the data than in the zoo. */
  public List<String> remarks(CheckedData data) {
    List<String> remarks = new ArrayList<>();
    for (TaskConfig task : config.data().set().tasks()) {
      List<String> measured = task.classes().stream().map(data.classNames()::get).toList();
      List<String> trained = zoo.tasks().get(zoo.task(task.name())).classes();
      if (!measured.equals(trained)) {
        remarks.add(
            "task %s has the classes %s in the data and %s in the zoo; they are taken for the same, in this order"
                .formatted(task.name(), measured, trained));
      }
    }
    return remarks;
  }

  private static ModelZooException configuration(String message) {
    return new ModelZooException(ErrorKind.CONFIGURATION, message);
  }

  /**
   * Measures.
   *
   * @throws ModelZooException the first error, after all units have ended
   */
  public ZooEvaluation run(Farm farm) {
    List<CompletableFuture<EvaluateUnit.Result>> running =
        IntStream.range(0, config.data().set().tasks().size())
            .mapToObj(
                task ->
                    new EvaluateUnit(
                        saved.uri(), zoo, config.data(), task, config.experiment().seed(), split))
            .map(farm::submit)
            .toList();
    CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
        .exceptionally(error -> null)
        .join();
    List<TaskEvaluation> tasks = new ArrayList<>();
    for (CompletableFuture<EvaluateUnit.Result> unit : running) {
      tasks.add(measured(unit));
    }
    return ZooEvaluation.of(
        zoo.name(), config.data().set().name(), split.name().toLowerCase(Locale.ROOT), tasks);
  }

  private static TaskEvaluation measured(CompletableFuture<EvaluateUnit.Result> unit) {
    EvaluateUnit.Result result;
    try {
      result = unit.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ModelZooException known ? known : e;
    }
    if (result instanceof EvaluateUnit.Result.Failed failed) {
      throw new ModelZooException(failed.kind(), failed.message());
    }
    return ((EvaluateUnit.Result.Measured) result).evaluation();
  }
}
