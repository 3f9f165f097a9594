package org.modelzoo.search;

/** Which values of an objective are better. */
public enum Direction {
  MINIMISE,
  MAXIMISE;

  /** The objective as a loss, to be minimised. */
  public double loss(double value) {
    return this == MINIMISE ? value : -value;
  }
}
