package org.modelzoo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.network.Networks;
import org.modelzoo.store.MemberFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The epochs of a member that several workers train: period after period, with a checkpoint and an
 * evaluation after an epoch. Continued from a checkpoint it ends with the same bits.
 */
final class SharedEpochs {
  private final MemberPlan plan;
  private final ComputationGraph graph;
  private final Replicas replicas;
  private final Checkpoints checkpoints;
  private final EpochEvaluations evaluations;
  private final SharedSchedule schedule;
  private final ProgressMeter progress;
  private final int imagesPerEpoch;
  private final List<MemberFile.Epoch> epochs = new ArrayList<>();
  private float[] momentum;
  private final SteadyClock clock = new SteadyClock();
  private long startedMillis = clock.millis();

  SharedEpochs(
      MemberPlan plan,
      ComputationGraph graph,
      Replicas replicas,
      Checkpoints checkpoints,
      EpochEvaluations evaluations,
      MemberListener listener) {
    this.plan = plan;
    this.graph = graph;
    this.replicas = replicas;
    this.checkpoints = checkpoints;
    this.evaluations = evaluations;
    this.imagesPerEpoch = replicas.imagesPerEpoch();
    this.schedule = new SharedSchedule(plan, imagesPerEpoch);
    this.progress = new ProgressMeter(plan.training().epochs(), imagesPerEpoch, listener);
    this.momentum = new float[Math.toIntExact(graph.numParams())];
  }

  /** Trains to the end; empty when done, else why it ended early. */
  Optional<MemberOutcome> run() throws IOException {
    checkpoints.last().ifPresent(this::restore);
    while (epochs.size() < plan.training().epochs()) {
      Optional<MemberOutcome> end = epoch(epochs.size());
      if (end.isPresent()) {
        return end;
      }
      evaluations.after(epochs.size(), graph, replicas);
      if (checkpointIsDue()) {
        checkpoints.save(
            new Checkpoint(
                plan.seed(),
                epochs,
                graph.params().toFloatVector(),
                momentum,
                clock.millis() - startedMillis));
      }
    }
    return Optional.empty();
  }

  /** After every epoch if nothing else is said: the network is at hand, and many lean on it. */
  private boolean checkpointIsDue() {
    int every = Math.max(1, plan.training().checkpointEvery());
    return epochs.size() % every == 0 && epochs.size() < plan.training().epochs();
  }

  private void restore(Checkpoint checkpoint) {
    try (INDArray parameters = Nd4j.createFromArray(checkpoint.parameters())) {
      graph.params().assign(parameters);
    }
    momentum = checkpoint.momentum();
    epochs.addAll(checkpoint.epochs());
    startedMillis -= checkpoint.trainedMillis();
  }

  private Optional<MemberOutcome> epoch(int epoch) {
    progress.startEpoch(epoch);
    for (AveragingPeriod period : schedule.periods(epoch)) {
      Replicas.Average average = replicas.train(graph, momentum, period);
      if (average.divergedStep() >= 0) {
        return Optional.of(diverged(epoch, average.divergedStep(), average.divergedLoss()));
      }
      momentum = average.momentum();
      progress.batch(average.images(), average.lossSum() / average.images(), average.correct());
    }
    if (!Networks.isFinite(graph)) {
      return Optional.of(divergedIn(epoch));
    }
    epochs.add(progress.endEpoch());
    return Optional.empty();
  }

  private MemberOutcome.Diverged diverged(int epoch, int step, double loss) {
    return new MemberOutcome.Diverged(
        epoch + 1, schedule.stepsBefore(epoch, step) + 1, loss, schedule.rate(epoch, step));
  }

  /** For a network whose last step, after which no loss is taken, made its outputs undefined. */
  MemberOutcome.Diverged divergedAtTheEnd() {
    return divergedIn(plan.training().epochs() - 1);
  }

  private MemberOutcome.Diverged divergedIn(int epoch) {
    List<AveragingPeriod> periods = schedule.periods(epoch);
    return diverged(epoch, periods.get(periods.size() - 1).endStep() - 1, Double.NaN);
  }

  /** How the training went, that ends now. */
  MemberFiles.Course course() {
    long images = (long) imagesPerEpoch * plan.training().epochs();
    return new MemberFiles.Course(
        images, startedMillis, clock.millis(), List.copyOf(epochs), "several executors");
  }
}
