package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelzoo.store.MemberFile;

class SlotsTest {
  @Test
  void aMemberTakesTheFirstSlotOfItsExecutorThatIsFree() {
    MemberFile a = member("a", 0, 10, "executor 1 on h");
    MemberFile b = member("b", 5, 12, "executor 1 on h");
    MemberFile c = member("c", 10, 20, "executor 1 on h");
    MemberFile d = member("d", 6, 7, "executor 0 on h");
    Slots slots = Slots.of(List.of(c, b, a, d));
    assertThat(slots.labels())
        .containsExactly(
            "slot 1, executor 0 on h", "slot 1, executor 1 on h", "slot 2, executor 1 on h");
    assertThat(List.of(slots.lane(a), slots.lane(b), slots.lane(c), slots.lane(d)))
        .containsExactly(1, 2, 1, 0);
  }

  @Test
  void withoutExecutorsThereAreAsFewSlotsAsTheTimesAllow() {
    Slots slots =
        Slots.of(
            List.of(member("a", 0, 10, null), member("b", 2, 4, null), member("c", 4, 11, null)));
    assertThat(slots.labels()).containsExactly("slot 1", "slot 2");
  }

  /** A member that was trained in that time, in milliseconds. */
  static MemberFile member(String id, long from, long to, String executor) {
    return new MemberFile(
        1,
        id,
        List.of(0),
        1,
        1,
        from,
        to,
        List.of(),
        "model",
        "predictions",
        null,
        executor,
        List.of(),
        null);
  }
}
