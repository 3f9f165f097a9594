package org.modelzoo.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MemberTasksTest {
  private static final MemberTasks ARRIVAL =
      new MemberTasks(3, 1, List.of(3, 0), OptionalInt.of(3));
  private static final MemberTasks SUBSET =
      new MemberTasks(1000, 0, List.of(3, 0), OptionalInt.empty());

  @Test
  void theIdNamesRoundAndMember() {
    assertThat(ARRIVAL.id()).isEqualTo("round-003-member-01");
    assertThat(SUBSET.id()).isEqualTo("round-1000-member-00");
  }

  @Test
  void aPlanCanBeSentToAnExecutor() throws IOException, ClassNotFoundException {
    RoundPlan plan = new RoundPlan(3, List.of(1.0, 0.5), List.of(ARRIVAL, SUBSET));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(plan);
    }

    try (ObjectInputStream input =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(input.readObject()).isEqualTo(plan);
    }
  }

  @Test
  void underLimitedReplayMembersThatSawTheWholeTaskCountMore() {
    ReplayWeights weights = new ReplayWeights(0.1);

    assertThat(weights.of(ARRIVAL, 3)).isEqualTo(10);
    assertThat(weights.of(ARRIVAL, 0)).isEqualTo(1);
    assertThat(weights.of(SUBSET, 3)).isEqualTo(1);
    assertThat(new ReplayWeights(1).of(ARRIVAL, 3)).isEqualTo(1);
    assertThatThrownBy(() -> weights.of(ARRIVAL, 2))
        .hasMessage("round-003-member-01 was not trained on task 2");
    assertThatThrownBy(() -> new ReplayWeights(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
