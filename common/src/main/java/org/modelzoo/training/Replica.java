package org.modelzoo.training;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.Seeds;
import org.modelzoo.network.ModelFile;
import org.modelzoo.network.Networks;
import org.modelzoo.network.SgdTrainer;
import org.modelzoo.network.TrainingBatch;
import org.modelzoo.store.MemberStore;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network and its optimiser, of a member or of one of its workers. Lives on an executor; usable
 * again and again, for any member with the same network and optimiser. One thread at a time.
 */
public final class Replica implements AutoCloseable {
  private final MemberPlan plan;
  private final ComputationGraph graph;
  private final SgdTrainer sgd;

  /** A replica with a member's initial parameters; {@link #start} gives it others. */
  public Replica(MemberPlan plan) {
    this.plan = plan;
    this.graph = Networks.build(plan.networkSpec(), Seeds.derive(plan.seed(), "initialisation"));
    this.sgd =
        new SgdTrainer(
            graph, plan.networkSpec(), plan.training().momentum(), plan.training().weightDecay());
  }

  /**
   * Takes over where the average of all workers is.
   *
   * @param parameters copied
   * @param momentum of the optimiser
   */
  public void start(INDArray parameters, float[] momentum, long dropoutSeed) {
    graph.params().assign(parameters.reshape(graph.params().shape()));
    restoreMomentum(momentum);
    seedDropout(dropoutSeed);
  }

  /**
   * Begins with the network of a member that has all of the plan's heads but the last.
   *
   * @throws org.modelzoo.base.ModelZooException (data) when it is damaged or not there
   */
  void continueFrom(MemberStore members, String id) throws IOException {
    byte[] model = members.model(id, members.outcome(id).modelSha256());
    ComputationGraph before =
        ModelFile.read(
            new ByteArrayInputStream(model),
            members.modelFile(id).toString(),
            plan.networkSpec().withHeads(plan.tasks().size() - 1));
    Networks.copy(before, graph);
    before.close();
  }

  /** Continues with this momentum of the optimiser. */
  void restoreMomentum(float[] values) {
    sgd.restoreMomentum(values);
  }

  /** Seeds the dropout of the steps that follow. */
  void seedDropout(long seed) {
    sgd.seedDropout(seed);
  }

  public SgdTrainer.StepResult step(TrainingBatch batch, double learningRate) {
    return sgd.step(batch, learningRate);
  }

  /** The network; its parameters change with every step. */
  public ComputationGraph graph() {
    return graph;
  }

  /** Of the optimiser, a copy. */
  public float[] momentum() {
    return sgd.momentum();
  }

  @Override
  public void close() {
    sgd.close();
    graph.close();
  }
}
