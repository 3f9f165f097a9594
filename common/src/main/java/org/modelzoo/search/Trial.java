package org.modelzoo.search;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A trial as it stands.
 *
 * @param number 0-based, in the order of starting
 * @param parameters the active ones, from name to value
 * @param rungs behind it, the first one first
 * @param interruptions of all its rungs so far
 */
public record Trial(
    int number,
    Map<String, Object> parameters,
    Origin origin,
    TrialState state,
    List<RungResult> rungs,
    int interruptions) {
  /** Where its parameters come from. */
  public enum Origin {
    /** Queued by somebody who knew them. */
    KNOWN,
    /** Proposed by the sampler. */
    PROPOSED
  }

  /** Names a trial by its number: {@code trial-00012}. */
  public static String name(int number) {
    return String.format(Locale.ROOT, "trial-%05d", number);
  }

  /** The objective at the last rung that finished. */
  public OptionalDouble value() {
    return lastFinished() == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(lastFinished().report().value());
  }

  /** The resource at the last rung that finished; 0 before. */
  public int resource() {
    return lastFinished() == null ? 0 : lastFinished().resource();
  }

  private RungResult lastFinished() {
    RungResult last = null;
    for (RungResult rung : rungs) {
      last = rung.report().status() == RungReport.Status.FINISHED ? rung : last;
    }
    return last;
  }

  /** Images trained on, over all rungs. */
  public long images() {
    return rungs.stream().mapToLong(rung -> rung.report().images()).sum();
  }

  /** Seconds of training, over all rungs. */
  public double seconds() {
    return rungs.stream().mapToDouble(rung -> rung.report().seconds()).sum();
  }
}
