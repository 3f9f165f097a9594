package org.modelzoo.data;

/** Whether training images are changed at random, as the configuration says. */
public enum Augment {
  ON,
  /** As they are, for example when training for a single epoch. */
  OFF
}
