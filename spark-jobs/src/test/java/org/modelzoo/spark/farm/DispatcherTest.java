package org.modelzoo.spark.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  @Test
  void neverRunsMoreThanTheLimit() throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(50);
    try (Dispatcher dispatcher = new Dispatcher(() -> 3)) {
      for (int i = 0; i < 50; i++) {
        dispatcher.submit(
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
    try (Dispatcher dispatcher = new Dispatcher(() -> 1)) {
      dispatcher.submit("first", () -> waitFor(allQueued));
      for (String task : List.of("a1", "a2", "a3", "b1", "b2", "c1")) {
        dispatcher.submit(
            task.substring(0, 1),
            () -> {
              order.add(task);
              done.countDown();
            });
      }
      dispatcher.submit("d", done::countDown);
      allQueued.countDown();
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(order).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
  }

  @Test
  void aFailedTaskFreesItsSlot() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    try (Dispatcher dispatcher = new Dispatcher(() -> 1)) {
      dispatcher.submit(
          "pool",
          () -> {
            throw new IllegalStateException("on purpose");
          });
      dispatcher.submit("pool", done::countDown);
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aLimitThatGrowsIsNoticed() throws InterruptedException {
    AtomicInteger limit = new AtomicInteger(0);
    CountDownLatch done = new CountDownLatch(1);
    try (Dispatcher dispatcher = new Dispatcher(limit::get)) {
      dispatcher.submit("pool", done::countDown);
      limit.set(1);
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
