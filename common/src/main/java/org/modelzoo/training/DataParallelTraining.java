package org.modelzoo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.Seeds;
import org.modelzoo.network.Networks;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.RunDirectory;

/**
 * Trains one member with several workers, from its plan to its committed files. Runs on the driver,
 * which keeps the network between the averages; leaves the same files as {@link MemberTraining},
 * and while it trains a checkpoint after every epoch from which the same call continues.
 */
public final class DataParallelTraining {
  private final MemberPlan plan;
  private final RunDirectory run;

  public DataParallelTraining(MemberPlan plan, RunDirectory run) {
    this.plan = plan;
    this.run = run;
  }

  /**
   * Trains, evaluates and commits; every exception becomes an outcome.
   *
   * @param news hears the results of the evaluations between epochs
   */
  public MemberOutcome run(Replicas replicas, MemberListener listener, Consumer<String> news) {
    try {
      return train(replicas, listener, news);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return MemberFailures.outcomeOf(e, run.location());
    }
  }

  private MemberOutcome train(Replicas replicas, MemberListener listener, Consumer<String> news)
      throws IOException {
    MemberFiles files = new MemberFiles(plan, run);
    List<String> remarks = new ArrayList<>();
    Checkpoints checkpoints = new Checkpoints(run, plan, remarks::add);
    if (files.present(remarks::add)) {
      checkpoints.delete();
      return new MemberOutcome.Completed(List.of());
    }
    ComputationGraph graph =
        Networks.build(plan.networkSpec(), Seeds.derive(plan.seed(), "initialisation"));
    try {
      SharedEpochs epochs =
          new SharedEpochs(
              plan, graph, replicas, checkpoints, new EpochEvaluations(plan, run, news), listener);
      Optional<MemberOutcome> end = epochs.run();
      if (end.isPresent()) {
        return end.get();
      }
      MemberFiles.Course course = epochs.course();
      Predictions predictions = replicas.predict(graph, plan.splits());
      if (!predictions.areNumbers()) {
        return epochs.divergedAtTheEnd();
      }
      files.commit(graph, predictions, course);
    } finally {
      graph.close();
    }
    checkpoints.delete();
    return new MemberOutcome.Completed(remarks);
  }
}
