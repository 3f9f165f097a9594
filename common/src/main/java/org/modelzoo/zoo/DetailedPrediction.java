package org.modelzoo.zoo;

import java.util.List;

/**
 * What a zoo makes of an image, and each of its members.
 *
 * @param classes of the task, by label
 * @param prediction of the members together
 * @param members those that were trained on the task, in their order
 */
public record DetailedPrediction(
    List<String> classes, Prediction prediction, List<Opinion> members) {
  public DetailedPrediction {
    classes = List.copyOf(classes);
    members = List.copyOf(members);
  }

  /**
   * What one member says.
   *
   * @param className the class that it finds likeliest
   * @param probability of that class, by this member alone
   */
  public record Opinion(String member, String className, float probability) {}
}
