package org.modelzoo.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.data.Batch;
import org.modelzoo.data.BatchStream;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.network.SgdTrainer.StepResult;
import org.modelzoo.network.TrainingBatch;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Workers that train one after another in this thread: parameter averaging without a cluster. */
final class LocalReplicas implements Replicas {
  private final MemberPlan plan;
  private final MemberImages images;
  private final List<AveragingPeriod> trained = new ArrayList<>();
  private final Replica replica;

  LocalReplicas(MemberPlan plan) {
    NativeThreads.use(1);
    this.plan = plan;
    this.images = MemberImages.load(plan, new Configuration());
    this.replica = new Replica(plan);
  }

  @Override
  public int imagesPerEpoch() {
    return images.imagesPerEpoch();
  }

  List<AveragingPeriod> trained() {
    return trained;
  }

  @Override
  public Average train(ComputationGraph graph, float[] momentum, AveragingPeriod period) {
    trained.add(period);
    int workers = plan.training().dataParallel().workers();
    double[] parameters = new double[Math.toIntExact(graph.numParams())];
    double[] momenta = new double[parameters.length];
    double loss = 0;
    int size = 0;
    int correct = 0;
    SharedSchedule schedule = new SharedSchedule(plan, imagesPerEpoch());
    for (int worker = 0; worker < workers; worker++) {
      try (BatchStream batches = schedule.batches(images.training(), period, worker)) {
        replica.start(graph.params(), momentum, schedule.dropoutSeed(period, worker));
        int step = period.firstStep();
        while (batches.hasNext()) {
          Batch batch = batches.next();
          StepResult result = step(batch, schedule.rate(period.epoch(), step++));
          loss += result.loss() * batch.size();
          correct += result.correct();
          size += batch.size();
        }
        add(replica.graph().params().toFloatVector(), parameters, workers);
        add(replica.momentum(), momenta, workers);
      }
    }
    try (INDArray mean = Nd4j.createFromArray(floats(parameters))) {
      graph.params().assign(mean.reshape(graph.params().shape()));
    }
    return new Average(floats(momenta), loss, size, correct, -1, 0);
  }

  private StepResult step(Batch batch, double rate) {
    try (TrainingBatch arrays =
        TrainingBatch.of(
            plan.networkSpec(), batch.features(), batch.heads(), batch.labels(), batch.size())) {
      return replica.step(arrays, rate);
    }
  }

  private static void add(float[] values, double[] mean, int count) {
    for (int i = 0; i < mean.length; i++) {
      mean[i] += (double) values[i] / count;
    }
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  @Override
  public Predictions predict(ComputationGraph graph, List<Split> splits) {
    return new Evaluation(plan, graph).part(images.tasks(), splits, 0, 1);
  }
}
