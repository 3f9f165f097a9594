package org.modelzoo.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.modelzoo.base.KebabCase;
import org.modelzoo.data.Batch;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Machine;
import org.modelzoo.network.NativeThreads;

/**
 * Measures a case of training or evaluation in this JVM: its members work at the same time, each on
 * a thread of its own, as in the slots of an executor.
 */
final class CaseRun {
  private static final int LEAST_WARM_UP = 3;
  private static final int MOST_WARM_UP = 50;
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final BenchmarkCase measured;
  private final Window window;
  private final CyclicBarrier warm;

  CaseRun(BenchmarkCase measured) {
    this.measured = measured;
    this.window = new Window(measured.members(), TimeUnit.SECONDS.toNanos(measured.seconds()));
    this.warm = new CyclicBarrier(measured.members(), window::open);
  }

  BenchmarkResult run() {
    GeneratedBatches images = new GeneratedBatches(measured.network(), measured.batch());
    boolean training = measured.kind() == BenchmarkKind.TRAINING;
    double input = training ? images.trainingInputMillis() : images.evaluationInputMillis();
    List<Measured> members = measure(images.batches());
    List<StepTime> steps = members.stream().flatMap(member -> member.times().stream()).toList();
    double imagesPerSecond =
        members.stream()
            .mapToDouble(member -> 1e3 * measured.batch() / median(member.times(), StepTime::total))
            .sum();
    Spread step = Spread.of(steps, StepTime::total);
    Engine engine = measured.chosenEngine();
    Machine machine = Machine.here();
    return new BenchmarkResult(
        BenchmarkResult.FORMAT_VERSION,
        KebabCase.of(measured.kind()),
        measured.network().name(),
        measured.batch(),
        measured.members(),
        measured.threads(),
        engine.name(),
        KebabCase.of(measured.precision()),
        measured.device().toString(),
        imagesPerSecond,
        step.median(),
        step.low(),
        step.high(),
        median(steps, StepTime::forward),
        median(steps, StepTime::backward),
        median(steps, StepTime::update),
        input,
        members.stream().mapToInt(Measured::steps).sum(),
        Machine.peakResidentMegabytes(),
        machine.processor(),
        machine.cores(),
        machine.java(),
        engine.description(measured.device()),
        machine.version());
  }

  /** What one member measured. */
  private record Measured(List<StepTime> times, int steps) {}

  /** Null where the phase isn't known. */
  private static Double median(List<StepTime> times, Function<StepTime, Long> phase) {
    return phase.apply(times.get(0)) == null ? null : Spread.of(times, phase::apply).median();
  }

  private List<Measured> measure(List<Batch> batches) {
    ExecutorService threads = Executors.newFixedThreadPool(measured.members());
    try {
      List<CompletableFuture<Measured>> running = new ArrayList<>();
      for (int member = 0; member < measured.members(); member++) {
        long seed = member;
        running.add(CompletableFuture.supplyAsync(() -> member(batches, seed), threads));
      }
      // The first failure ends all: the others would wait for ever.
      CompletableFuture<Void> failure = new CompletableFuture<>();
      running.forEach(
          member ->
              member.exceptionally(
                  error -> {
                    failure.completeExceptionally(error);
                    return null;
                  }));
      CompletableFuture.anyOf(
              CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)), failure)
          .join();
      return running.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private Measured member(List<Batch> batches, long seed) {
    NativeThreads.use(measured.threads());
    try (Work work =
        measured.kind() == BenchmarkKind.TRAINING
            ? new TrainingWork(measured, batches, seed)
            : new EvaluationWork(measured, batches, seed)) {
      warmUp(work);
      await();
      List<StepTime> times = new ArrayList<>();
      while (window.isOpen()) {
        StepTime time = work.measure();
        if (window.isOpen()) {
          times.add(time);
          window.measured(times.size());
        }
      }
      return new Measured(times, times.size() * work.stepsAtOnce());
    }
  }

  /** Until everything is loaded and compiled, or the patience is over. */
  static void warmUp(Work work) {
    long end = System.nanoTime() + WARM_UP_NANOS;
    for (int step = 0;
        step < LEAST_WARM_UP || (step < MOST_WARM_UP && System.nanoTime() < end);
        step += work.stepsAtOnce()) {
      var unused = work.measure();
    }
  }

  private void await() {
    try {
      warm.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException("another member failed", e);
    }
  }
}
