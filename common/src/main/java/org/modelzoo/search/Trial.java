package org.modelzoo.search;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.modelzoo.search.scheduler.Rung;

/**
 * A trial as it stands.
 *
 * @param parameters the active ones, from name to value
 * @param outcomes of the rungs behind it, by the resource at their ends
 * @param rung the one that is to be trained; of a trial that rests the last one
 * @param attempt at this rung, 1-based; above 1 where the rung was interrupted before
 * @param interruptions of all its rungs so far
 */
public record Trial(
    Map<String, Object> parameters,
    Origin origin,
    TrialState state,
    SortedMap<Integer, RungOutcome> outcomes,
    Rung rung,
    int attempt,
    int interruptions) {
  /** Where its parameters come from. */
  public enum Origin {
    /** Queued by somebody who knew them. */
    KNOWN,
    /** Proposed by the sampler. */
    PROPOSED
  }

  /** 0-based, in the order of starting. */
  public int number() {
    return rung.trial();
  }

  /** Its number as a name: {@code trial-00012}. */
  public String name() {
    return name(number());
  }

  /** Names a trial by its number: {@code trial-00012}. */
  public static String name(int number) {
    return String.format(Locale.ROOT, "trial-%05d", number);
  }

  /** The objective at the last rung that finished. */
  public OptionalDouble value() {
    return resource() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(outcomes.get(resource()).value());
  }

  /** The resource at the last rung that finished; 0 before. */
  public int resource() {
    int last = 0;
    for (Map.Entry<Integer, RungOutcome> outcome : outcomes.entrySet()) {
      last = outcome.getValue().hasValue() ? outcome.getKey() : last;
    }
    return last;
  }

  /** Images trained on, over all rungs. */
  public long images() {
    return outcomes.values().stream().mapToLong(RungOutcome::images).sum();
  }

  /** Seconds of training, over all rungs. */
  public double seconds() {
    return outcomes.values().stream().mapToDouble(RungOutcome::seconds).sum();
  }
}
