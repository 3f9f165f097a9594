package org.modelzoo.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * What a member's steps were computed with.
 *
 * @param engine its name; several, in their order, where training was interrupted and continued
 *     with another one; null where nobody knows
 * @param precision as in {@code training.precision}
 * @param skippedSteps whose gradients overflowed in float16, so that they changed nothing; null
 *     where nobody counted
 */
public record Computation(
    @JsonInclude(JsonInclude.Include.NON_NULL) String engine,
    String precision,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer skippedSteps) {

  public Computation {
    Objects.requireNonNull(precision, "precision");
  }

  /** This one and then another, that goes on with the same member. */
  public Computation then(Computation next) {
    boolean known = engine != null && next.engine != null;
    boolean counted = skippedSteps != null && next.skippedSteps != null;
    return new Computation(
        known ? joined(engine, next.engine) : null,
        next.precision,
        counted ? (Integer) (skippedSteps + next.skippedSteps) : null);
  }

  private static String joined(String engines, String next) {
    return engines.equals(next) || engines.endsWith(", " + next) ? engines : engines + ", " + next;
  }

  /** One line for people, such as {@code torch, float16, 3 steps skipped}. */
  public String description() {
    String by = engine == null ? "" : engine + ", ";
    return by + precision + skipped();
  }

  private String skipped() {
    if (skippedSteps == null || skippedSteps == 0) {
      return "";
    }
    return skippedSteps == 1 ? ", 1 step skipped" : ", %,d steps skipped".formatted(skippedSteps);
  }
}
