package org.modelzoo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.Seeds;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.network.Networks;
import org.modelzoo.network.Predictor;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.RunDirectory;

/**
 * Trains one member from its plan to its committed files. Runs on an executor; can run twice
 * without harm.
 */
public final class MemberTraining {
  /** Images predicted at once. */
  public static final int EVALUATION_BATCH = Predictor.BATCH;

  private final MemberPlan plan;
  private final RunDirectory run;
  private final Configuration hadoop;
  private final String executor;

  public MemberTraining(MemberPlan plan, RunDirectory run, Configuration hadoop) {
    this(plan, run, hadoop, null);
  }

  /**
   * A training somewhere.
   *
   * @param executor where this is, for the outcome; null where nobody knows
   */
  public MemberTraining(MemberPlan plan, RunDirectory run, Configuration hadoop, String executor) {
    this.plan = plan;
    this.run = run;
    this.hadoop = hadoop;
    this.executor = executor;
  }

  /** Trains, evaluates and commits; every exception becomes an outcome. */
  public MemberOutcome run(MemberListener listener, BooleanSupplier cancelled) {
    try {
      return train(listener, cancelled);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return MemberFailures.outcomeOf(e, run.location());
    }
  }

  private MemberOutcome train(MemberListener listener, BooleanSupplier cancelled)
      throws IOException {
    MemberFiles files = new MemberFiles(plan, run);
    List<String> remarks = new ArrayList<>();
    Checkpoints checkpoints = new Checkpoints(run, plan, remarks::add);
    if (files.present(remarks::add)) {
      checkpoints.delete();
      return new MemberOutcome.Completed(List.of());
    }
    MemberImages images = MemberImages.load(plan, hadoop);
    ComputationGraph graph =
        Networks.build(plan.networkSpec(), Seeds.derive(plan.seed(), "initialisation"));
    SteadyClock clock = new SteadyClock();
    try {
      EpochLoop loop =
          new EpochLoop(plan, graph, images.training(), checkpoints, listener, cancelled, clock);
      Optional<MemberOutcome> end = loop.run();
      if (end.isPresent()) {
        return end.get();
      }
      long finishedMillis = clock.millis();
      long startedMillis = finishedMillis - loop.trainedMillis();
      Predictions predictions = new Evaluation(plan, graph).of(images.tasks());
      if (!predictions.areNumbers()) {
        return loop.divergedAtTheEnd();
      }
      files.commit(
          graph,
          predictions,
          new MemberFiles.Course(
              loop.trainImages(), startedMillis, finishedMillis, loop.epochs(), executor));
    } finally {
      graph.close();
    }
    checkpoints.delete();
    return new MemberOutcome.Completed(remarks);
  }
}
