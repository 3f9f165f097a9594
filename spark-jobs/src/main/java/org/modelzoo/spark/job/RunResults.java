package org.modelzoo.spark.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.ReplayWeights;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.config.KebabCase;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.metrics.ContinualMeasures;
import org.modelzoo.report.MetricsCsv;
import org.modelzoo.report.RunSummary;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore.Member;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

/**
 * Everything known of a run so far: the ensemble and what is measured on it, round by round. Lives
 * on the driver; made again from the run directory when a run continues.
 */
final class RunResults {
  private final ModelZooConfig config;
  private final Method method;
  private final List<TaskConfig> tasks;
  private final TaskSetEnsemble ensemble;
  private final MetricsCsv metrics = new MetricsCsv();
  private final List<MemberFile> members = new ArrayList<>();
  private AccuracyMatrix matrix;
  private int diverged;

  RunResults(ModelZooConfig config, Method method) {
    this.config = config;
    this.method = method;
    this.tasks = config.data().set().tasks();
    double replayed = method == Method.ZOO ? config.zoo().replayFraction() : 1;
    this.ensemble = new TaskSetEnsemble(tasks, new ReplayWeights(replayed));
    this.matrix = AccuracyMatrix.empty(tasks.size());
  }

  /**
   * Adds a round.
   *
   * @param members those that were trained to the end; the others of the plan diverged
   * @param tasksSeen how many tasks are known now, the first ones
   */
  void add(RoundPlan plan, Map<MemberTasks, Member> members, int tasksSeen) {
    diverged += plan.members().size() - members.size();
    members.forEach(
        (planned, member) -> {
          this.members.add(member.file());
          ensemble.add(planned, member.predictions());
          member.predictions().blocks().forEach(block -> addRow(planned, block));
        });
    double[] accuracies = new double[tasks.size()];
    for (int task = 0; task < tasks.size(); task++) {
      accuracies[task] = task < tasksSeen ? ensemble.accuracy(task, Split.TEST) : Double.NaN;
    }
    matrix =
        matrix.withRound(
            accuracies,
            members.keySet().stream().flatMap(member -> member.tasks().stream()).toList());
    addEnsembleRows(plan.round(), tasksSeen);
  }

  private void addRow(MemberTasks member, Block block) {
    TaskSetEnsemble.Labelled alone = TaskSetEnsemble.Labelled.of(block);
    metrics.add(
        new MetricsCsv.Row(
            member.round(),
            KebabCase.of(method),
            member.id(),
            tasks.get(block.task()).name(),
            block.split(),
            alone.loss(),
            alone.accuracy()));
  }

  private void addEnsembleRows(int round, int tasksSeen) {
    for (int task = 0; task < tasksSeen; task++) {
      for (Split split : Plans.splits(config)) {
        metrics.add(
            new MetricsCsv.Row(
                round,
                KebabCase.of(method),
                MetricsCsv.ENSEMBLE,
                tasks.get(task).name(),
                split,
                ensemble.loss(task, split),
                ensemble.accuracy(task, split)));
      }
    }
  }

  /**
   * Loss of the ensemble per task, of the signal that drives the weights; NaN where the task isn't
   * seen yet, or where nothing is held out because no zoo asks for it.
   */
  double[] signalLosses(int tasksSeen) {
    Split signal = Plans.signal(config);
    int known = Plans.splits(config).contains(signal) ? tasksSeen : 0;
    return IntStream.range(0, tasks.size())
        .mapToDouble(task -> task < known ? ensemble.loss(task, signal) : Double.NaN)
        .toArray();
  }

  /** Mean test accuracy over the tasks known after the last round. */
  double averageAccuracy() {
    return ContinualMeasures.of(matrix).averageAccuracy();
  }

  AccuracyMatrix matrix() {
    return matrix;
  }

  MetricsCsv metrics() {
    return metrics;
  }

  RunSummary summary(double wallSeconds) {
    ContinualMeasures measures = ContinualMeasures.of(matrix);
    Map<String, Double> perTask = new LinkedHashMap<>();
    for (int task = 0; task < tasks.size(); task++) {
      perTask.put(tasks.get(task).name(), matrix.last(task));
    }
    long trainImages = members.stream().mapToLong(MemberFile::trainImages).sum();
    return new RunSummary(
        RunSummary.FORMAT_VERSION,
        KebabCase.of(method),
        config.experiment().name(),
        config.experiment().seed(),
        tasks.size(),
        matrix.rounds(),
        members.size(),
        diverged,
        measures.averageAccuracy(),
        measures.learningAccuracy(),
        measures.forgetting(),
        Double.isNaN(measures.backwardTransfer()) ? null : measures.backwardTransfer(),
        perTask,
        trainImages,
        trainImages / TrainingTime.seconds(members),
        wallSeconds,
        Map.of());
  }
}
