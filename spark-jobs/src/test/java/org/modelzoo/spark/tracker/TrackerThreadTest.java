package org.modelzoo.spark.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.modelzoo.spark.event.RunEvent;

class TrackerThreadTest {
  private final List<String> remarks = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @Test
  void hearsEverythingInOrderAndThenTheEnd() {
    List<String> expected = new ArrayList<>();
    try (TrackerThread thread = start(Duration.ofMinutes(1), remark -> {})) {
      for (int i = 0; i < 1500; i++) {
        thread.on(remark("event " + i));
        expected.add("event " + i);
      }
    }
    expected.add("end");
    assertThat(heard).isEqualTo(expected);
    assertThat(remarks).isEmpty();
  }

  @Test
  void oneThatFailsIsReportedOnceAndHearsNothingMore() {
    try (TrackerThread thread =
        start(
            Duration.ofMinutes(1),
            remark -> {
              throw new IOException("the server is on fire\n\tat the office");
            })) {
      for (int i = 0; i < 1000; i++) {
        thread.on(remark("event"));
      }
    }
    assertThat(heard).isEmpty();
    assertThat(remarks)
        .containsExactly("fake is dropped, and the run goes on without it: the server is on fire");
  }

  @Test
  void anErrorIsReportedToo() {
    try (TrackerThread thread =
        start(
            Duration.ofMinutes(1),
            remark -> {
              throw new OutOfMemoryError("Java heap space");
            })) {
      thread.on(remark("event"));
    }
    assertThat(remarks)
        .containsExactly("fake is dropped, and the run goes on without it: Java heap space");
  }

  @Test
  void theReasonIsOneShortLineWithoutSecrets() {
    String page = "x".repeat(2000);
    try (TrackerThread thread =
        start(
            Duration.ofMinutes(1),
            remark -> {
              throw new IOException("token=abcdef " + page);
            })) {
      thread.on(remark("event"));
    }
    assertThat(remarks).hasSize(1);
    assertThat(remarks.get(0)).hasSizeLessThan(600).contains("(hidden)").doesNotContain("abcdef");
  }

  @Test
  void oneThatHangsHoldsUpNobodyForLongerThanTheLimit() {
    CountDownLatch never = new CountDownLatch(1);
    TrackerThread thread =
        start(
            Duration.ofMillis(50),
            remark -> {
              while (never.getCount() > 0) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  // Deaf.
                }
              }
            });
    thread.on(remark("first"));
    long startedNanos = System.nanoTime();
    thread.close();
    assertThat(Duration.ofNanos(System.nanoTime() - startedNanos))
        .isLessThan(Duration.ofSeconds(10));
    never.countDown();
    assertThat(remarks).hasSize(1).first().asString().contains("(trackers.time-limit)");
  }

  @Test
  void oneThatFallsBehindIsDropped() {
    CountDownLatch never = new CountDownLatch(1);
    TrackerThread thread = start(Duration.ofMillis(1), remark -> await(never));
    for (int i = 0; i < 2100; i++) {
      thread.on(remark("event"));
    }
    assertThat(remarks)
        .containsExactly(
            "fake is dropped, and the run goes on without it: it is 2000 events behind");
    thread.close();
    assertThat(remarks).hasSize(1);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static RunEvent remark(String text) {
    return new RunEvent.Remark("zoo", text);
  }

  private TrackerThread start(Duration limit, Behaviour behaviour) {
    return TrackerThread.start(
        new Tracker() {
          @Override
          public String name() {
            return "fake";
          }

          @Override
          public void on(RunEvent event) throws IOException {
            behaviour.on((RunEvent.Remark) event);
            heard.add(((RunEvent.Remark) event).text());
          }

          @Override
          public void end() {
            heard.add("end");
          }
        },
        limit,
        remarks::add);
  }

  private interface Behaviour {
    void on(RunEvent.Remark remark) throws IOException;
  }
}
