package org.modelzoo.spark.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.modelzoo.search.sampler.History;
import org.modelzoo.search.sampler.Observation;
import org.modelzoo.search.sampler.TpeSampler;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/**
 * A hundred proposals of TPE for five parameters, each followed by a result, where many trials have
 * one already.
 */
public final class ProposalsScale implements ScaleMeasurement {
  private static final int PROPOSALS = 100;
  private static final int DIMENSIONS = 5;
  private static final int STARTUP_TRIALS = 10;
  private static final int CANDIDATES = 24;

  private static final Space SPACE =
      Space.of(
          Parameter.logUniform("rate", 1e-4, 1e-1),
          Parameter.choice("batch", 8, 16, 32, 128),
          Parameter.whole("layers", 1, 5),
          Parameter.logWhole("units", 4, 64),
          Parameter.uniform("dropout", 0.1, 0.5));

  private final CaseSize size;

  /** A measurement. */
  public ProposalsScale(int trials) {
    this.size = CaseSize.of("trials", trials);
    // The first pass is for the compiler.
    measure(size);
  }

  @Override
  public String name() {
    return "proposals";
  }

  @Override
  public CaseSize size() {
    return size;
  }

  @Override
  public List<Axis> axes() {
    return List.of(new Axis("trials", 1));
  }

  @Override
  public Cost measure(CaseSize size) {
    TpeSampler sampler = new TpeSampler(SPACE, 1, STARTUP_TRIALS, CANDIDATES);
    SplittableRandom random = new SplittableRandom(1);
    History history = new History();
    int trials = size.get("trials");
    for (int trial = 0; trial < trials; trial++) {
      double[] point = random.doubles(DIMENSIONS).toArray();
      history.add(observation(trial, SPACE.decode(point)));
    }
    try (HeapWatch heap = HeapWatch.afterCollection()) {
      long started = System.nanoTime();
      for (int number = trials; number < trials + PROPOSALS; number++) {
        history.add(observation(number, sampler.propose(number, history)));
      }
      double seconds = (System.nanoTime() - started) / 1e9;
      return new Cost(seconds, Optional.empty(), heap.mostMegabytes());
    }
  }

  private static Observation observation(int trial, Map<String, Object> parameters) {
    double rate = (Double) parameters.get("rate");
    return new Observation(trial, parameters, 1 + trial % 3, Math.abs(Math.log(rate / 0.01)));
  }

  @Override
  public String target() {
    return "below 2 s, 20 ms each";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.seconds() < 2;
  }
}
