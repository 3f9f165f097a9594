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
        {"event":"member-finished","at":"3","member":"m1","outcome":"diverged","message":"in epoch 1"}
        {"event":"started","at":"4","rounds_done":2}
        {"event":"remark","at":"5","message":"m2 is trained again"}
        {"event":"failed","at":"6","message":"no room"}
        {"event":"remark","at":"7","mess""";
    assertThat(EventLines.of(log))
        .containsExactly(
            new EventLines.Trouble("3", "m1 diverged in epoch 1"),
            new EventLines.Trouble("4", "continued after 2 rounds"),
            new EventLines.Trouble("5", "m2 is trained again"),
            new EventLines.Trouble("6", "the run failed: no room"));
  }
}
