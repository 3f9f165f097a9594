package org.modelzoo.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.modelzoo.base.KebabCase;
import org.modelzoo.data.Batch;
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
    List<List<StepTime>> members = measure(images.batches());
    List<StepTime> steps = members.stream().flatMap(List::stream).toList();
    double imagesPerSecond =
        members.stream()
            .mapToDouble(times -> 1e3 * measured.batch() / median(times, StepTime::total))
            .sum();
    Spread step = Spread.of(steps, StepTime::total);
    Machine machine = Machine.here();
    return new BenchmarkResult(
        BenchmarkResult.FORMAT_VERSION,
        KebabCase.of(measured.kind()),
        measured.network().name(),
        measured.batch(),
        measured.members(),
        measured.threads(),
        imagesPerSecond,
        step.median(),
        step.low(),
        step.high(),
        median(steps, StepTime::forward),
        training ? median(steps, StepTime::backward) : null,
        training ? median(steps, StepTime::update) : null,
        input,
        steps.size(),
        Machine.peakResidentMegabytes(),
        machine.processor(),
        machine.cores(),
        machine.java(),
        machine.backend(),
        machine.version());
  }

  private static double median(List<StepTime> times, ToLongFunction<StepTime> phase) {
    return Spread.of(times, phase).median();
  }

  private List<List<StepTime>> measure(List<Batch> batches) {
    ExecutorService threads = Executors.newFixedThreadPool(measured.members());
    try {
      List<CompletableFuture<List<StepTime>>> running = new ArrayList<>();
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

  private List<StepTime> member(List<Batch> batches, long seed) {
    NativeThreads.use(measured.threads());
    try (Work work =
        measured.kind() == BenchmarkKind.TRAINING
            ? new TrainingWork(measured, batches, seed)
            : new EvaluationWork(measured, batches, seed)) {
      warmUp(work);
      await();
      List<StepTime> times = new ArrayList<>();
      while (window.isOpen()) {
        StepTime time = work.step();
        if (window.isOpen()) {
          times.add(time);
          window.measured(times.size());
        }
      }
      return times;
    }
  }

  /** Until everything is loaded and compiled, or the patience is over. */
  static void warmUp(Work work) {
    long end = System.nanoTime() + WARM_UP_NANOS;
    for (int step = 0;
        step < LEAST_WARM_UP || (step < MOST_WARM_UP && System.nanoTime() < end);
        step++) {
      var unused = work.step();
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
