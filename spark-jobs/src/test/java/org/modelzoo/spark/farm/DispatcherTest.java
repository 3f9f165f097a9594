package org.modelzoo.spark.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private static final String JOB = "job";

  @Test
  void neverRunsMoreThanTheLimit() throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(50);
    try (Dispatcher dispatcher = dispatcher(() -> 3)) {
      for (int i = 0; i < 50; i++) {
        submit(
            dispatcher,
            "pool",
            () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              running.decrementAndGet();
              done.countDown();
            });
      }
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void poolsTakeTurns() throws InterruptedException {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch allQueued = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(7);
    try (Dispatcher dispatcher = dispatcher(() -> 1)) {
      submit(dispatcher, "first", () -> waitFor(allQueued));
      for (String task : List.of("a1", "a2", "a3", "b1", "b2", "c1")) {
        submit(
            dispatcher,
            task.substring(0, 1),
            () -> {
              order.add(task);
              done.countDown();
            });
      }
      submit(dispatcher, "d", done::countDown);
      allQueued.countDown();
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(order).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
  }

  @Test
  void aFailedTaskFreesItsSlot() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    try (Dispatcher dispatcher = dispatcher(() -> 1)) {
      submit(
          dispatcher,
          "pool",
          () -> {
            throw new IllegalStateException("on purpose");
          });
      submit(dispatcher, "pool", done::countDown);
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aLimitThatGrowsIsNoticed() throws InterruptedException {
    AtomicInteger limit = new AtomicInteger(0);
    CountDownLatch done = new CountDownLatch(1);
    try (Dispatcher dispatcher = dispatcher(limit::get)) {
      submit(dispatcher, "pool", done::countDown);
      limit.set(1);
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void jobsGetSlotsByTheirWeightsHoweverManyPoolsTheyHave() throws InterruptedException {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch allQueued = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(60);
    try (Dispatcher dispatcher = dispatcher(() -> 1)) {
      dispatcher.open("heavy", 3);
      dispatcher.open("light", 1);
      submit(dispatcher, "first", () -> waitFor(allQueued));
      for (int i = 0; i < 30; i++) {
        for (String job : List.of("light", "heavy")) {
          dispatcher.submit(
              job,
              job.equals("light") ? "pool-" + i : "pool",
              () -> {
                order.add(job);
                done.countDown();
                return 1;
              });
        }
      }
      allQueued.countDown();
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(order.subList(0, 20)).filteredOn("heavy"::equals).hasSize(15);
  }

  /**
   * As where the limit of processes is reached; whether a refused task is still there shows later.
   */
  @Test
  void aTaskWhoseThreadIsRefusedWaitsAndRunsLater() throws InterruptedException {
    AtomicInteger refusals = new AtomicInteger(3);
    CountDownLatch done = new CountDownLatch(4);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    try (Dispatcher dispatcher = dispatcher(() -> 1, refusing(refusals))) {
      for (int i = 0; i < 4; i++) {
        int task = i;
        submit(
            dispatcher,
            "pool",
            () -> {
              order.add(task);
              done.countDown();
            });
      }
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(order).containsExactly(0, 1, 2, 3);
    assertThat(refusals.get()).isNegative();
  }

  @Test
  void saysWhyTasksWaitThatShouldRun() throws InterruptedException {
    AtomicInteger refusals = new AtomicInteger(Integer.MAX_VALUE);
    CountDownLatch done = new CountDownLatch(1);
    try (Dispatcher dispatcher = dispatcher(() -> 1, refusing(refusals))) {
      assertThat(dispatcher.obstacle()).isEmpty();
      submit(dispatcher, "pool", done::countDown);
      assertThat(dispatcher.obstacle())
          .hasValueSatisfying(
              text -> assertThat(text).contains("unable to create native thread", "ulimit -u"));

      refusals.set(0);
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      submit(dispatcher, "pool", () -> {});
      assertThat(dispatcher.obstacle()).isEmpty();
    }
  }

  @Test
  void aLimitThatCannotBeAskedIsAskedAgain() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger(3);
    CountDownLatch done = new CountDownLatch(1);
    IntSupplier limit =
        () -> {
          if (failures.getAndDecrement() > 0) {
            throw new LinkageError("on purpose");
          }
          return 1;
        };
    try (Dispatcher dispatcher = dispatcher(limit)) {
      submit(dispatcher, "pool", done::countDown);
      assertThat(dispatcher.obstacle()).hasValueSatisfying(it -> assertThat(it).contains("slots"));
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static ThreadFactory refusing(AtomicInteger refusals) {
    ThreadFactory threads = new DaemonThreads("test");
    return task -> {
      if (refusals.getAndDecrement() > 0) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      return threads.newThread(task);
    };
  }

  private static Dispatcher dispatcher(IntSupplier limit) {
    return dispatcher(limit, new DaemonThreads("test"));
  }

  private static Dispatcher dispatcher(IntSupplier limit, ThreadFactory threads) {
    Dispatcher dispatcher = new Dispatcher(limit, threads);
    dispatcher.open(JOB, 1);
    return dispatcher;
  }

  private static void submit(Dispatcher dispatcher, String pool, Runnable task) {
    dispatcher.submit(
        JOB,
        pool,
        () -> {
          task.run();
          return 0;
        });
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
