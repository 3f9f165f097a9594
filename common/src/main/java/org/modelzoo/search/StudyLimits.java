package org.modelzoo.search;

/**
 * When a study ends.
 *
 * @param trials that may be started, the known ones among them; at least 1
 * @param seconds of time, over all sessions, after which no work is started; 0: no limit
 * @param images trained on, over all trials, after which no work is started; 0: no limit
 * @param target value of the objective that ends the study; null where there is none
 */
public record StudyLimits(int trials, long seconds, long images, Double target) {
  public StudyLimits {
    if (trials < 1 || seconds < 0 || images < 0 || (target != null && target.isNaN())) {
      throw new IllegalArgumentException(
          "limits of %d trials, %d s, %d images, target %s"
              .formatted(trials, seconds, images, target));
    }
  }

  /** A limit of trials alone. */
  public static StudyLimits ofTrials(int trials) {
    return new StudyLimits(trials, 0, 0, null);
  }

  /** The same with a limit of wall time. */
  public StudyLimits withSeconds(long limit) {
    return new StudyLimits(trials, limit, images, target);
  }

  /** The same with a limit of images. */
  public StudyLimits withImages(long limit) {
    return new StudyLimits(trials, seconds, limit, target);
  }

  /** The same with a target. */
  public StudyLimits withTarget(double value) {
    return new StudyLimits(trials, seconds, images, value);
  }
}
