package org.modelzoo.spark.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.output.CountingOutputStream;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.report.AccuracyMatrixCsv;
import org.modelzoo.report.MetricsCsv;
import org.modelzoo.run.RoundScorer;
import org.modelzoo.run.RunHistory;
import org.modelzoo.run.Splits;
import org.modelzoo.store.Predictions;

/**
 * What the driver does between rounds, in memory: weights, sampling, ensemble, losses, measures,
 * and the tables at the end, written to nowhere. Members' predictions are there beforehand.
 */
public final class BookkeepingScale implements ScaleMeasurement {
  private final CaseSize size;

  /**
   * A measurement.
   *
   * @param images of each task, a sixth of them for testing
   */
  public BookkeepingScale(int tasks, int rounds, int images) {
    this.size = CaseSize.of("tasks", tasks).and("rounds", rounds).and("images", images);
    // The first pass is for the compiler.
    measure(size);
  }

  @Override
  public String name() {
    return "bookkeeping";
  }

  @Override
  public CaseSize size() {
    return size;
  }

  @Override
  public List<Axis> axes() {
    return List.of(
        new Axis("tasks", 1),
        new Axis("rounds", 1),
        new Axis("images", 2 * ScaleExperiment.CLASSES));
  }

  @Override
  public Cost measure(CaseSize size) {
    ModelZooConfig config =
        ScaleExperiment.of(size.get("tasks"), size.get("rounds"), size.get("images"), "unused")
            .values();
    InventedPredictions predictions =
        new InventedPredictions(
            (SourceConfig.Synthetic) config.data().set().source(), size.get("tasks"));
    try (HeapWatch heap = HeapWatch.afterCollection()) {
      long started = System.nanoTime();
      RunHistory history = run(config, predictions);
      CountingOutputStream tables = new CountingOutputStream(OutputStream.nullOutputStream());
      MetricsCsv.write(history, Method.ZOO, names(config), tables);
      AccuracyMatrixCsv.write(history.matrix(), names(config), tables);
      double seconds = (System.nanoTime() - started) / 1e9;
      long megabytes = heap.mostMegabytes();
      if (tables.getByteCount() == 0) {
        throw new IllegalStateException("no tables");
      }
      return new Cost(seconds, Optional.empty(), megabytes);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written", e);
    }
  }

  private static RunHistory run(ModelZooConfig config, InventedPredictions invented) {
    int tasks = config.data().set().tasks().size();
    RoundPlanner planner = RoundPlanner.of(config, Method.ZOO);
    RoundScorer scorer = new RoundScorer(config, Method.ZOO);
    RunHistory history = RunHistory.EMPTY;
    for (int round = 0; round < planner.rounds(); round++) {
      RoundPlan plan = planner.plan(round, history.losses(tasks, Splits.signal(config)));
      Map<MemberTasks, Predictions> predictions = new HashMap<>();
      for (MemberTasks member : plan.members()) {
        predictions.put(member, invented.of(member.tasks(), round));
      }
      history = history.with(scorer.score(plan, predictions, tasks));
      history.averageAccuracy();
    }
    return history;
  }

  private static List<String> names(ModelZooConfig config) {
    return config.data().set().tasks().stream().map(task -> task.name()).toList();
  }

  @Override
  public String target() {
    return "below 10 s and 600 MB";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.seconds() < 10 && cost.heapMegabytes() < 600;
  }
}
