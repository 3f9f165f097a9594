package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(EventLines.of(log))
        .containsExactly(
            new EventLines.Trouble("m1", "diverged in epoch 1", "3"),
            new EventLines.Trouble("run", "continued after 2 rounds", "4"),
            new EventLines.Trouble("run", "m2 is trained again", "5"),
            new EventLines.Trouble("run", "failed: no room", "6"));
  }
}
