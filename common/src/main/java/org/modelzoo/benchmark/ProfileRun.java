package org.modelzoo.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.Machine;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.network.dl4j.Dl4jNetwork;

/** Measures where the time of one member's training step goes, in this JVM. */
final class ProfileRun {
  private static final int LEAST_STEPS = 3;

  private ProfileRun() {}

  static StepProfile of(BenchmarkCase measured) {
    NativeThreads.use(measured.threads());
    GeneratedBatches images = new GeneratedBatches(measured.network(), measured.batch());
    try (TrainingWork work = new TrainingWork(measured, images.batches(), 0)) {
      List<VertexClock> clocks = VertexClock.at(graph(work));
      CaseRun.warmUp(work);
      clocks.forEach(VertexClock::restart);
      List<StepTime> steps = new ArrayList<>();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(measured.seconds());
      while (steps.size() < LEAST_STEPS || System.nanoTime() < end) {
        steps.add(work.measure());
      }
      return profile(measured, steps, clocks);
    }
  }

  private static ComputationGraph graph(TrainingWork work) {
    if (work.network() instanceof Dl4jNetwork network) {
      return network.graph();
    }
    throw new ModelZooException(
        ErrorKind.CONFIGURATION,
        "a profile shows the layers of engine dl4j alone; leave out --engine, --precision and --device, or measure without --profile");
  }

  private static StepProfile profile(
      BenchmarkCase measured, List<StepTime> steps, List<VertexClock> clocks) {
    Spread step = Spread.of(steps, StepTime::total);
    Machine machine = Machine.here();
    return new StepProfile(
        StepProfile.FORMAT_VERSION,
        KebabCase.of(measured.kind()),
        measured.network().name(),
        measured.batch(),
        measured.members(),
        measured.threads(),
        1e3 * measured.batch() / step.median(),
        step.median(),
        step.low(),
        step.high(),
        Spread.of(steps, StepTime::forward).median(),
        Spread.of(steps, StepTime::backward).median(),
        Spread.of(steps, StepTime::update).median(),
        steps.size(),
        Machine.peakResidentMegabytes(),
        machine.processor(),
        machine.cores(),
        machine.java(),
        machine.backend(),
        machine.version(),
        clocks.stream().map(clock -> clock.time(step.median())).toList());
  }
}
