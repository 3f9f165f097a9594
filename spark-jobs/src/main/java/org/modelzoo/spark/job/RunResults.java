package org.modelzoo.spark.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.modelzoo.base.KebabCase;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.ReplayWeights;
import org.modelzoo.boosting.RoundPlan;
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
import org.modelzoo.training.TaskScore;

/**
 * Everything known of a run so far: the ensemble and what is measured on it, round by round. Lives
 * on the driver; made again from the run directory when a run continues.
 *
 * <p>A round costs what its members cost, not what all tasks and all rounds before do: tasks that
 * got no member keep their scores and their lines.
 */
public final class RunResults {
  private final ModelZooConfig config;
  private final Method method;
  private final List<TaskConfig> tasks;
  private final TaskSetEnsemble ensemble;
  private final MetricsCsv metrics = new MetricsCsv();
  private final Set<Integer> tasksInMetrics = new HashSet<>();
  private final List<MemberFile> members = new ArrayList<>();
  private AccuracyMatrix matrix;
  private int diverged;

  /** Results before the first round. */
  public RunResults(ModelZooConfig config, Method method) {
    this.config = config;
    this.method = method;
    this.tasks = config.data().set().tasks();
    this.ensemble = new TaskSetEnsemble(tasks, ReplayWeights.of(method, config.zoo()));
    this.matrix = AccuracyMatrix.empty(tasks.size());
  }

  /**
   * Adds a round.
   *
   * @param members those that were trained to the end; the others of the plan diverged
   * @param tasksSeen how many tasks are known now, the first ones
   */
  public void add(RoundPlan plan, Map<MemberTasks, Member> members, int tasksSeen) {
    diverged += plan.members().size() - members.size();
    List<MetricsCsv.Text> memberRows = new ArrayList<>();
    members.forEach(
        (planned, member) -> {
          this.members.add(member.file());
          ensemble.add(planned, member.predictions());
          member.predictions().blocks().forEach(block -> memberRows.add(row(planned, block)));
          tasksInMetrics.removeAll(planned.tasks());
        });
    double[] accuracies = new double[tasks.size()];
    for (int task = 0; task < tasks.size(); task++) {
      accuracies[task] =
          task < tasksSeen ? ensemble.score(task, Split.TEST).accuracy() : Double.NaN;
    }
    matrix =
        matrix.withRound(
            accuracies,
            members.keySet().stream().flatMap(member -> member.tasks().stream()).toList());
    metrics.add(plan.round(), memberRows, newEnsembleRows(tasksSeen));
  }

  private MetricsCsv.Text row(MemberTasks member, Block block) {
    TaskSetEnsemble.Score alone = TaskSetEnsemble.Labelled.of(block).score();
    return row(member.id(), block.task(), block.split(), alone);
  }

  private MetricsCsv.Text row(String member, int task, Split split, TaskSetEnsemble.Score score) {
    return new MetricsCsv.Row(
            KebabCase.of(method),
            member,
            tasks.get(task).name(),
            split,
            score.loss(),
            score.accuracy())
        .text();
  }

  /** Of the tasks that got a member, or that are new. */
  private Map<Integer, List<MetricsCsv.Text>> newEnsembleRows(int tasksSeen) {
    Map<Integer, List<MetricsCsv.Text>> rows = new HashMap<>();
    for (int task = 0; task < tasksSeen; task++) {
      if (tasksInMetrics.add(task)) {
        rows.put(task, ensembleRowsOf(task));
      }
    }
    return rows;
  }

  private List<MetricsCsv.Text> ensembleRowsOf(int task) {
    return Plans.splits(config).stream()
        .map(split -> row(MetricsCsv.ENSEMBLE, task, split, ensemble.score(task, split)))
        .toList();
  }

  /**
   * Loss of the ensemble per task, of the signal that drives the weights; NaN where the task isn't
   * seen yet, or where nothing is held out because no zoo asks for it.
   */
  public double[] signalLosses(int tasksSeen) {
    Split signal = Plans.signal(config);
    int known = Plans.splits(config).contains(signal) ? tasksSeen : 0;
    return IntStream.range(0, tasks.size())
        .mapToDouble(task -> task < known ? ensemble.score(task, signal).loss() : Double.NaN)
        .toArray();
  }

  /** How well the ensemble does each of the tasks, on images of a split that has predictions. */
  public List<TaskScore> scores(Split split) {
    return IntStream.range(0, tasks.size())
        .mapToObj(
            task -> {
              TaskSetEnsemble.Score score = ensemble.score(task, split);
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

  /** Mean test accuracy over the tasks known after the last round. */
  public double averageAccuracy() {
    return ContinualMeasures.averageAccuracy(matrix);
  }

  /** Accuracies of the rounds so far. */
  public AccuracyMatrix matrix() {
    return matrix;
  }

  /** The lines of the rounds so far. */
  public MetricsCsv metrics() {
    return metrics;
  }

  /** The run in numbers, as if it ended here. */
  public RunSummary summary(double wallSeconds) {
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
        diverged,
        measures.averageAccuracy(),
        measures.learningAccuracy(),
        measures.forgetting(),
        Double.isNaN(measures.backwardTransfer()) ? null : measures.backwardTransfer(),
        perTask,
        trainImages(),
        trainImages() / trainSeconds(),
        wallSeconds,
        Map.of());
  }
}
