package org.modelzoo.inspection;

/**
 * Images that are equal to another one, byte for byte, as the task has them. Training images are
 * those trained on and those held out of them.
 *
 * @param train training images that stand earlier among them already
 * @param contradicting training images with an equal one of another label
 * @param test test images that stand earlier among them already
 * @param testInTrain test images that are training images too
 * @param testInOtherTasks test images that are training images of another task
 */
public record Duplicates(
    int train, int contradicting, int test, int testInTrain, int testInOtherTasks) {
  static final Duplicates NONE = new Duplicates(0, 0, 0, 0, 0);

  public boolean any() {
    return !equals(NONE);
  }
}
