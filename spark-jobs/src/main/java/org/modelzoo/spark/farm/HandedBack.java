package org.modelzoo.spark.farm;

import java.io.Serializable;

/**
 * An executor's answer instead of a result: it was asked to leave, and the unit stopped for that.
 * The farm runs the unit again, and counts no attempt.
 *
 * @param executor for people
 */
record HandedBack(String executor) implements Serializable {
  private static final long serialVersionUID = 1L;
}
