package org.modelzoo.spark.farm;

import java.io.Serializable;

/**
 * Comes back in place of a unit's result where the executor must not run it, so that Spark doesn't
 * try it again.
 *
 * @param message what is wrong with the executor, and what to do
 */
record Refusal(String message) implements Serializable {
  private static final long serialVersionUID = 1L;
}
