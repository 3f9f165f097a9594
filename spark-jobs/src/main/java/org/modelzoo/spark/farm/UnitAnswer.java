package org.modelzoo.spark.farm;

import java.io.Serializable;

/**
 * What an executor sends back for a unit.
 *
 * @param result the unit's
 * @param seconds for which it held its slot
 */
record UnitAnswer(Serializable result, double seconds) implements Serializable {
  private static final long serialVersionUID = 1L;
}
