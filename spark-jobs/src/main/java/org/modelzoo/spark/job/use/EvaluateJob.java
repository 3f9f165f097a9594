package org.modelzoo.spark.job.use;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.report.TaskEvaluation;
import org.modelzoo.report.ZooEvaluation;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.Job;
import org.modelzoo.store.Json;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooManifest;

/**
 * Measures a saved zoo on the tasks of a configuration, each a unit on the farm, and writes {@code
 * evaluation.json}, {@code evaluation.csv} and {@code confusion.csv}. Lives on the driver.
 */
public final class EvaluateJob implements Job {
  private final SavedZoo saved;
  private final ZooManifest zoo;
  private final ModelZooConfig config;
  private final Split split;
  private final RunDirectory output;
  private final CheckedData data;
  private Optional<ZooEvaluation> evaluation = Optional.empty();

  /**
   * A job; starts nothing.
   *
   * @param config whose data and seed count
   * @param data that was checked
   * @param output directory for the results
   * @throws ModelZooException (configuration) if the zoo doesn't know the configuration's tasks, or
   *     has other images
   */
  public EvaluateJob(
      SavedZoo saved, ModelZooConfig config, CheckedData data, Split split, RunDirectory output) {
    this.saved = saved;
    this.zoo = saved.manifest();
    this.config = config;
    this.split = split;
    this.output = output;
    requireShape();
    config.data().set().tasks().forEach(this::requireTask);
    this.data = data;
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

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public ModelZooConfig config() {
    return config;
  }

  @Override
  public boolean isFinished() {
    return evaluation.isPresent();
  }

  /** Makes the directory before anything is measured, to know that it can be written. */
  @Override
  public void open(RunListener listener) {
    try {
      output.files().createDirectory(new Path(output.uri()));
    } catch (IOException e) {
      throw unwritable(e);
    }
    remarks().forEach(text -> listener.on(new RunEvent.Remark(zoo.name(), text)));
  }

  /** Nothing was taken. */
  @Override
  public void close() {}

  @Override
  public void run(Farm farm, RunListener listener) {
    ZooEvaluation measured = measure(farm);
    write("evaluation.json", Json.writeSealed(measured));
    write("evaluation.csv", measured.csv());
    write("confusion.csv", measured.confusionCsv());
    evaluation = Optional.of(measured);
  }

  private void write(String name, byte[] content) {
    try {
      output.files().write(output.path(name), out -> out.write(content));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private ModelZooException unwritable(IOException e) {
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "can't write %s: %s; name another place with --output"
            .formatted(output.location(), e.getMessage()),
        e);
  }

  @Override
  public String results() {
    return evaluation.map(measured -> measured.table().toString()).orElse("not finished\n")
        + "results            %s\n".formatted(output.location());
  }

  /** What the user should know: classes that are called otherwise in the data than in the zoo. */
  public List<String> remarks() {
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
  private ZooEvaluation measure(Farm farm) {
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
