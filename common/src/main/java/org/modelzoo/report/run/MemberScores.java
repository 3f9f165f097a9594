package org.modelzoo.report.run;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Test accuracy of each member alone on each of its tasks, by their names. */
public final class MemberScores {
  private final Map<String, Map<String, Double>> accuracies = new HashMap<>();

  void put(String member, String task, double accuracy) {
    accuracies.computeIfAbsent(member, key -> new HashMap<>()).put(task, accuracy);
  }

  /** Share of the task's test images that the member alone gets right; empty where unknown. */
  public OptionalDouble accuracy(String member, String task) {
    Double found = accuracies.getOrDefault(member, Map.of()).get(task);
    return found == null ? OptionalDouble.empty() : OptionalDouble.of(found);
  }

  /** Mean over the member's tasks; empty where unknown. */
  public OptionalDouble mean(String member) {
    return accuracies.getOrDefault(member, Map.of()).values().stream()
        .mapToDouble(Double::doubleValue)
        .average();
  }
}
