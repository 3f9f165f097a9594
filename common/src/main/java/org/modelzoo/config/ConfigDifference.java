package org.modelzoo.config;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Says what is different between two configurations, for example a run's and the present one. */
public final class ConfigDifference {
  private static final String ABSENT = "(absent)";

  private ConfigDifference() {}

  /** One line per key that differs, such as {@code training.epochs: 5 → 6}, sorted by key. */
  public static List<String> between(LoadedConfig a, LoadedConfig b) {
    SortedMap<String, String> before = a.flatten();
    SortedMap<String, String> after = b.flatten();
    SortedSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      String old = before.getOrDefault(key, ABSENT);
      String present = after.getOrDefault(key, ABSENT);
      if (!old.equals(present)) {
        lines.add(key + ": " + old + " → " + present);
      }
    }
    return List.copyOf(lines);
  }
}
