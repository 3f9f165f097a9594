package org.modelzoo.spark.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EtaTest {
  @Test
  void isUnknownBeforeThereIsAPace() {
    assertThat(Eta.left(Duration.ofSeconds(3), 0, OptionalLong.of(100))).isEmpty();
    assertThat(Eta.text(Optional.empty())).isEqualTo("–");
  }

  @Test
  void goesOnAtThePaceSoFar() {
    // 250 images in 30 s: 750 more take 90 s.
    Optional<Duration> left = Eta.left(Duration.ofSeconds(30), 250, OptionalLong.of(1000));
    assertThat(left).contains(Duration.ofSeconds(90));
    assertThat(Eta.text(left)).isEqualTo("1:30");
  }

  @Test
  void isUnknownWhereTheImagesAre() {
    assertThat(Eta.left(Duration.ofSeconds(1), 10, OptionalLong.empty())).isEmpty();
  }

  @Test
  void neverGoesBelowZero() {
    assertThat(Eta.left(Duration.ofSeconds(1), 20, OptionalLong.of(10))).contains(Duration.ZERO);
  }

  @Test
  void showsHours() {
    assertThat(Eta.text(Duration.ofHours(2))).isEqualTo("2:00:00");
  }
}
