package org.modelzoo.spark.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.modelzoo.base.KebabCase;
import org.modelzoo.boosting.Score;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.metrics.ContinualMeasures;
import org.modelzoo.report.RunSummary;
import org.modelzoo.run.RunHistory;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.training.TaskScore;

/**
 * What a run has come to. Lives on the driver.
 *
 * @param members files of all members that were trained to their end
 */
public record RunResults(
    ModelZooConfig config, Method method, RunHistory history, List<MemberFile> members) {

  /** How well the ensemble does each of the tasks, on images of a split that has predictions. */
  public List<TaskScore> scores(Split split) {
    return IntStream.range(0, config.data().set().tasks().size())
        .mapToObj(
            task -> {
              Score score = history.score(task, split).orElseThrow();
              return new TaskScore(task, score.loss(), score.accuracy());
            })
        .toList();
  }

  /** Images seen in training by all members, over all epochs. */
  public long trainImages() {
    return members.stream().mapToLong(MemberFile::trainImages).sum();
  }

  /** Seconds in which at least one member was in training. */
  public double trainSeconds() {
    return TrainingTime.seconds(members);
  }

  /** The run in numbers, as if it ended here. */
  public RunSummary summary(double wallSeconds) {
    List<TaskConfig> tasks = config.data().set().tasks();
    AccuracyMatrix matrix = history.matrix();
    ContinualMeasures measures = ContinualMeasures.of(matrix);
    Map<String, Double> perTask = new LinkedHashMap<>();
    for (int task = 0; task < tasks.size(); task++) {
      perTask.put(tasks.get(task).name(), matrix.last(task));
    }
    return new RunSummary(
        RunSummary.FORMAT_VERSION,
        KebabCase.of(method),
        config.experiment().name(),
        config.experiment().seed(),
        tasks.size(),
        matrix.rounds(),
        members.size(),
        history.diverged(),
        measures.averageAccuracy(),
        measures.learningAccuracy(),
        measures.forgetting(),
        Double.isNaN(measures.backwardTransfer()) ? null : measures.backwardTransfer(),
        perTask,
        trainImages(),
        trainImages() / trainSeconds(),
        wallSeconds,
        RunCost.of(this),
        Map.of());
  }
}
