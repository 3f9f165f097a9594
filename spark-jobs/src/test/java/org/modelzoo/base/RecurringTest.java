package org.modelzoo.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.modelzoo.spark.progress.Sneaky;

class RecurringTest {
  private final List<String> remarks = new ArrayList<>();
  private int runs;

  @Test
  void saysEachKindOfErrorOnceAndGoesOn() {
    Deque<Throwable> errors =
        new ArrayDeque<>(
            List.of(
                new TimeoutException("checked, and not declared"),
                new TimeoutException("the same again"),
                new OutOfMemoryError("Java heap space"),
                new IllegalStateException("stopped"),
                new OutOfMemoryError("Java heap space")));
    Recurring watch = new Recurring("the watch", () -> fail(errors), remarks::add);

    for (int i = 0; i < 7; i++) {
      watch.run();
    }

    assertThat(runs).isEqualTo(7);
    assertThat(remarks)
        .containsExactly(
            "the watch failed and is tried again: java.util.concurrent.TimeoutException: checked, and not declared",
            "the watch failed and is tried again: java.lang.OutOfMemoryError: Java heap space",
            "the watch failed and is tried again: java.lang.IllegalStateException: stopped");
  }

  @Test
  void aListenerThatFailsDoesNotStopIt() {
    Recurring watch =
        new Recurring(
            "the watch",
            () -> {
              throw new IllegalStateException("stopped");
            },
            remark -> {
              throw new LinkageError("deaf");
            });

    assertThatCode(watch::run).doesNotThrowAnyException();
  }

  private void fail(Deque<Throwable> errors) {
    runs++;
    if (!errors.isEmpty()) {
      Sneaky.sneak(errors.remove());
    }
  }
}
