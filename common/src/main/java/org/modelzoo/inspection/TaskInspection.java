package org.modelzoo.inspection;

import java.util.List;

/**
 * What is in the images of a task.
 *
 * @param classes in the order of their labels within the task
 * @param channels of training and validation images, as the network gets them but for normalisation
 *     and augmentation
 */
public record TaskInspection(
    String name,
    List<ClassCounts> classes,
    List<ChannelStatistics> channels,
    Duplicates duplicates) {
  public int train() {
    return classes.stream().mapToInt(ClassCounts::train).sum();
  }

  public int validation() {
    return classes.stream().mapToInt(ClassCounts::validation).sum();
  }

  public int test() {
    return classes.stream().mapToInt(ClassCounts::test).sum();
  }
}
