package org.modelzoo.boosting.compaction;

import java.util.AbstractSet;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;

/**
 * Numbers of members of a zoo, in ascending order. Immutable. An elimination keeps as many of them
 * as the zoo has members, so a member takes a bit.
 */
public final class MemberSet extends AbstractSet<Integer> {
  private final BitSet numbers;
  private final int size;

  private MemberSet(BitSet numbers) {
    this.numbers = numbers;
    this.size = numbers.cardinality();
  }

  /** Of these numbers, each at least 0. */
  static MemberSet of(Collection<Integer> members) {
    BitSet numbers = new BitSet();
    members.forEach(numbers::set);
    return new MemberSet(numbers);
  }

  /** The others, where one of them goes. */
  MemberSet without(int member) {
    BitSet left = (BitSet) numbers.clone();
    left.clear(member);
    return new MemberSet(left);
  }

  @Override
  public boolean contains(Object member) {
    return member instanceof Integer number && number >= 0 && numbers.get(number);
  }

  @Override
  public Iterator<Integer> iterator() {
    return numbers.stream().iterator();
  }

  @Override
  public int size() {
    return size;
  }
}
