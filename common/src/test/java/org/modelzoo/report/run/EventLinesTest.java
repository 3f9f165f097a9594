package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  @Test
  void tellsWhatWentWrongAndWasTriedAgain() {
    String log =
        """
        {"event":"started","at":"1","rounds_done":0}
        {"event":"member-finished","at":"2","member":"m0","outcome":"completed"}
        {"event":"member-finished","at":"3","member":"m1","outcome":"diverged","message":"diverged in epoch 1"}
        {"event":"started","at":"4","rounds_done":2}
        {"event":"remark","at":"5","message":"m2 is trained again"}
        {"event":"failed","at":"6","message":"no room"}
        {"event":"remark","at":"7","mess""";
    assertThat(EventLines.of(new StringReader(log)))
        .containsExactly(
            new EventLines.Trouble("m1", "diverged in epoch 1", "3"),
            new EventLines.Trouble("run", "continued after 2 rounds", "4"),
            new EventLines.Trouble("run", "m2 is trained again", "5"),
            new EventLines.Trouble("run", "failed: no room", "6"));
  }

  @Test
  void theLastStartTellsTheVersions() {
    String log =
        """
        {"event":"started","rounds_done":0,"spark":"3.5.0","java":"17.0.1"}
        {"event":"started","rounds_done":2,"spark":"3.5.6","java":"17.0.9+9"}
        {"event":"finished"}
        """;
    assertThat(EventLines.platform(new StringReader(log))).hasValue("Spark 3.5.6, Java 17.0.9+9");
    assertThat(EventLines.platform(new StringReader("{\"event\":\"started\"}"))).isEmpty();
  }
}
