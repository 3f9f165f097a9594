package org.modelzoo.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody probably meant to write. */
public final class NearestName {
  private NearestName() {}

  /** The candidate with the fewest edits; empty where half the name would have to change. */
  public static Optional<String> among(Collection<String> candidates, String name) {
    return candidates.stream()
        .min(
            Comparator.comparingInt((String candidate) -> edits(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(candidate -> isNear(name, candidate));
  }

  /**
   * As {@link #among} for full keys: the last part counts first, so that a key in the wrong section
   * is found too; among equals, the one in the nearest section.
   */
  public static Optional<String> amongKeys(Collection<String> keys, String key) {
    String name = lastPart(key);
    return keys.stream()
        .min(
            Comparator.comparingInt((String candidate) -> edits(name, lastPart(candidate)))
                .thenComparingInt(candidate -> edits(key, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(candidate -> isNear(name, lastPart(candidate)));
  }

  private static boolean isNear(String name, String candidate) {
    return 2 * edits(name, candidate) <= Math.max(name.length(), candidate.length());
  }

  private static int edits(String one, String other) {
    return LevenshteinDistance.getDefaultInstance().apply(one, other);
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
