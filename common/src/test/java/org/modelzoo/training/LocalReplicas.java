package org.modelzoo.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.data.Batch;
import org.modelzoo.data.BatchStream;
import org.modelzoo.network.Device;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.network.Network;
import org.modelzoo.network.StepResult;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;

/** Workers that train one after another in this thread: parameter averaging without a cluster. */
final class LocalReplicas implements Replicas {
  private final MemberPlan plan;
  private final MemberImages images;
  private final List<AveragingPeriod> trained = new ArrayList<>();
  private final Network network;

  LocalReplicas(MemberPlan plan) {
    NativeThreads.use(1);
    this.plan = plan;
    this.images = MemberImages.load(plan, new Configuration());
    this.network = MemberNetwork.open(plan, Device.processor(1));
  }

  @Override
  public int imagesPerEpoch() {
    return images.imagesPerEpoch();
  }

  List<AveragingPeriod> trained() {
    return trained;
  }

  @Override
  public Average train(float[] start, float[] momentum, AveragingPeriod period) {
    trained.add(period);
    int workers = plan.training().dataParallel().workers();
    double[] parameters = new double[start.length];
    double[] momenta = new double[parameters.length];
    double loss = 0;
    int size = 0;
    int correct = 0;
    SharedSchedule schedule = new SharedSchedule(plan, imagesPerEpoch());
    for (int worker = 0; worker < workers; worker++) {
      try (BatchStream batches = schedule.batches(images.training(), period, worker)) {
        network.restore(start, momentum);
        network.seedDropout(schedule.dropoutSeed(period, worker));
        int step = period.firstStep();
        while (batches.hasNext()) {
          Batch batch = batches.next();
          network.step(
              batch.features(),
              batch.heads(),
              batch.labels(),
              batch.size(),
              schedule.rate(period.epoch(), step++));
        }
        for (StepResult result : network.drain()) {
          loss += result.loss() * result.images();
          correct += result.correct();
          size += result.images();
        }
        add(network.parameters(), parameters, workers);
        add(network.momentum(), momenta, workers);
      }
    }
    return new Average(floats(parameters), floats(momenta), loss, size, correct, -1, 0);
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
  public Predictions predict(float[] parameters, List<Split> splits) {
    network.restore(parameters, new float[parameters.length]);
    return new Evaluation(plan, network).part(images.tasks(), splits, 0, 1);
  }
}
