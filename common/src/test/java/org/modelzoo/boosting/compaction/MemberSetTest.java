package org.modelzoo.boosting.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MemberSetTest {
  private static final int MOST = 200;

  @Property(tries = 100)
  void isASetOfNumbersInAscendingOrder(
      @ForAll @Size(min = 1, max = 40) Set<@IntRange(max = MOST) Integer> numbers) {
    MemberSet members = MemberSet.of(numbers);
    assertThat(members).isEqualTo(numbers).hasSameHashCodeAs(numbers).hasSize(numbers.size());
    assertThat(List.copyOf(members)).isEqualTo(List.copyOf(new TreeSet<>(numbers)));
    for (int number = -1; number <= MOST + 1; number++) {
      assertThat(members.contains(number)).isEqualTo(numbers.contains(number));
    }
  }

  @Property(tries = 100)
  void oneWithoutAMemberLeavesTheOtherAsItWas(
      @ForAll @Size(min = 1, max = 40) Set<@IntRange(max = MOST) Integer> numbers) {
    MemberSet members = MemberSet.of(numbers);
    int gone = numbers.iterator().next();
    Set<Integer> left = new TreeSet<>(numbers);
    left.remove(gone);
    assertThat(members.without(gone)).isEqualTo(left);
    assertThat(members).isEqualTo(numbers);
  }
}
