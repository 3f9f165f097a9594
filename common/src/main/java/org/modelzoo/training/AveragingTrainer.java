package org.modelzoo.training;

import java.util.Iterator;
import java.util.List;
import org.modelzoo.base.KebabCase;
import org.modelzoo.network.Engines;
import org.modelzoo.store.Computation;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;

/**
 * Several workers that train period after period and average after each. Runs on the driver, which
 * keeps the network between the averages.
 */
final class AveragingTrainer implements MemberTrainer {
  private final MemberPlan plan;
  private final Replicas replicas;
  private final int imagesPerEpoch;
  private final SharedSchedule schedule;
  private float[] parameters;
  private float[] momentum;
  private Iterator<AveragingPeriod> periods;

  AveragingTrainer(MemberPlan plan, Replicas replicas) {
    this.plan = plan;
    this.replicas = replicas;
    this.imagesPerEpoch = replicas.imagesPerEpoch();
    this.schedule = new SharedSchedule(plan, imagesPerEpoch);
    this.parameters = MemberNetwork.initialParameters(plan);
    this.momentum = new float[parameters.length];
  }

  @Override
  public float[] parameters() {
    return parameters;
  }

  @Override
  public int imagesPerEpoch() {
    return imagesPerEpoch;
  }

  /** The workers count all images together. */
  @Override
  public List<Integer> taskImages() {
    return null;
  }

  @Override
  public int stepsPerEpoch() {
    return schedule.stepsPerEpoch();
  }

  @Override
  public double learningRate(int epoch, int step) {
    return schedule.rate(epoch, step);
  }

  /** After every epoch if nothing else is said: the network is at hand, and many lean on it. */
  @Override
  public int checkpointEvery() {
    return Math.max(1, plan.training().checkpointEvery());
  }

  @Override
  public float[] momentum() {
    return momentum;
  }

  @Override
  public void restore(float[] parametersBefore, float[] momentumBefore) {
    parameters = parametersBefore;
    momentum = momentumBefore;
  }

  /** The workers count no skipped steps, and which engine is theirs may depend on their cards. */
  @Override
  public Computation computation() {
    return new Computation(
        Engines.settled(plan.network().engine(), plan.training().precision())
            .map(KebabCase::of)
            .orElse(null),
        KebabCase.of(plan.training().precision()),
        null);
  }

  @Override
  public void startEpoch(int epoch) {
    periods = schedule.periods(epoch).iterator();
  }

  @Override
  public long[] dropoutState() {
    throw new UnsupportedOperationException("each worker has its own");
  }

  @Override
  public void skipTo(int step, long[] dropoutState) {
    throw new UnsupportedOperationException("several workers continue after an epoch");
  }

  @Override
  public List<Advance> advance() {
    AveragingPeriod period = periods.next();
    Replicas.Average average = replicas.train(parameters, momentum, period);
    if (average.divergedStep() >= 0) {
      return List.of(
          new Advance(
              average.divergedStep() + 1,
              average.images(),
              average.divergedLoss(),
              average.correct()));
    }
    parameters = average.parameters();
    momentum = average.momentum();
    return List.of(
        new Advance(
            period.endStep(),
            average.images(),
            average.lossSum() / average.images(),
            average.correct()));
  }

  @Override
  public Predictions predict(List<Split> splits) {
    return replicas.predict(parameters, splits);
  }

  @Override
  public void close() {}
}
