package org.modelzoo.spark.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How large a measured case is.
 *
 * @param values whole numbers by name, in the order in which they are shown
 */
public record CaseSize(Map<String, Integer> values) {
  public CaseSize {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A case of one number. */
  public static CaseSize of(String name, int value) {
    return new CaseSize(Map.of(name, value));
  }

  /** The case with another number, or with one changed. */
  public CaseSize and(String name, int value) {
    Map<String, Integer> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new CaseSize(more);
  }

  /** One of the numbers. */
  public int get(String name) {
    return values.get(name);
  }

  /**
   * Smaller cases: an eighth, a quarter and a half of one of the numbers, the others as they are.
   *
   * @param least the number is never smaller
   */
  public List<CaseSize> smaller(String name, int least) {
    int whole = get(name);
    return Stream.of(8, 4, 2)
        .map(part -> Math.max(least, whole / part))
        .filter(value -> value < whole)
        .distinct()
        .map(value -> and(name, value))
        .toList();
  }

  /** For a table: {@code 500 tasks, 1,000 rounds}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey().replace('_', ' ')))
        .collect(Collectors.joining(", "));
  }
}
