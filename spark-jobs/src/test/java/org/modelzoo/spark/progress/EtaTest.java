package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EtaTest {
  private final AtomicLong clock = new AtomicLong();
  private final Eta eta = new Eta(clock::get);

  @Test
  void isUnknownBeforeThereIsAPace() {
    eta.planned(OptionalLong.of(100));
    assertThat(eta.left()).isEmpty();
    assertThat(eta.text()).isEqualTo("–");
  }

  @Test
  void goesOnAtThePaceSoFar() {
    eta.planned(OptionalLong.of(1000));
    clock.set(Duration.ofSeconds(30).toNanos());
    eta.done("a", 150);
    eta.done("b", 50);
    eta.done("a", 200);
    // 250 images in 30 s: 750 more take 90 s.
    assertThat(eta.left()).contains(Duration.ofSeconds(90));
    assertThat(eta.text()).isEqualTo("1:30");
  }

  @Test
  void isUnknownWhereTheImagesAre() {
    eta.planned(OptionalLong.of(1000));
    eta.planned(OptionalLong.empty());
    clock.set(1000);
    eta.done("a", 10);
    assertThat(eta.left()).isEmpty();
  }

  @Test
  void neverGoesBelowZero() {
    eta.planned(OptionalLong.of(10));
    clock.set(1000);
    eta.done("a", 20);
    assertThat(eta.left()).contains(Duration.ZERO);
  }

  @Test
  void showsHours() {
    eta.planned(OptionalLong.of(7201));
    clock.set(Duration.ofSeconds(1).toNanos());
    eta.done("a", 1);
    assertThat(eta.text()).isEqualTo("2:00:00");
  }
}
