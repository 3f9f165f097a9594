package org.modelzoo.search.sampler;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The observations of a study, one for each trial that has a result, kept in the orders in which
 * samplers ask for them: a new one costs the logarithm of their number, and so does the best. Lives
 * on the driver; not thread-safe.
 */
public final class History {
  private final TreeMap<Integer, Observation> byTrial = new TreeMap<>();
  private final TreeSet<Observation> bestFirst = new TreeSet<>(Observation.BEST_FIRST);

  /** These observations, of different trials, in any order. */
  public static History of(Collection<Observation> observations) {
    History history = new History();
    observations.forEach(history::add);
    return history;
  }

  /** Adds an observation; it takes the place of an earlier one of the same trial. */
  public void add(Observation observation) {
    Observation before = byTrial.put(observation.trial(), observation);
    if (before != null) {
      bestFirst.remove(before);
    }
    bestFirst.add(observation);
  }

  /** How many trials have a result. */
  public int size() {
    return byTrial.size();
  }

  /** The best of those that have a loss; empty where all diverged. */
  public Optional<Observation> best() {
    return bestFirst.isEmpty() || Double.isInfinite(bestFirst.first().loss())
        ? Optional.empty()
        : Optional.of(bestFirst.first());
  }

  /** In the order of {@link Observation#BEST_FIRST}. */
  NavigableSet<Observation> bestFirst() {
    return bestFirst;
  }

  /** In the order in which the trials were proposed. */
  Collection<Observation> oldestFirst() {
    return byTrial.values();
  }

  /** In the opposite order. */
  Collection<Observation> newestFirst() {
    return byTrial.descendingMap().values();
  }
}
