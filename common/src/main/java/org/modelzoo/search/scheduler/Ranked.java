package org.modelzoo.search.scheduler;

import java.util.Comparator;

/**
 * A trial at a rung; the best first, of equals the older one. A diverged one has an infinite loss.
 */
record Ranked(double loss, int trial) implements Comparable<Ranked> {
  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparing(Ranked::loss).thenComparing(Ranked::trial);

  @Override
  public int compareTo(Ranked other) {
    return BEST_FIRST.compare(this, other);
  }
}
