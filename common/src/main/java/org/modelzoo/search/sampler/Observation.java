package org.modelzoo.search.sampler;

import java.util.Comparator;
import java.util.Map;

/**
 * What a sampler may know of a trial.
 *
 * @param resource up to which it was trained, in the scheduler's units
 * @param loss at that resource, to be minimised; infinite where the trial diverged
 */
public record Observation(int trial, Map<String, Object> parameters, int resource, double loss) {
  /**
   * The order of quality: trials that went further come first, as they have beaten others, and
   * losses after different training can't be compared (Optuna does the same). Diverged ones last.
   */
  public static final Comparator<Observation> BEST_FIRST =
      Comparator.comparing((Observation it) -> Double.isInfinite(it.loss))
          .thenComparing(it -> -it.resource)
          .thenComparing(Observation::loss)
          .thenComparing(Observation::trial);

  /** The order in which they were proposed. */
  static final Comparator<Observation> BY_TRIAL = Comparator.comparing(Observation::trial);

  public Observation {
    if (Double.isNaN(loss)) {
      throw new IllegalArgumentException("a loss is a number; one of a diverged trial is infinite");
    }
  }
}
