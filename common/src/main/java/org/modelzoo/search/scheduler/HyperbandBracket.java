package org.modelzoo.search.scheduler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One run of synchronous successive halving: when all trials of a rung have ended, the best 1/η of
 * them climb to the next one, and the others are over.
 */
final class HyperbandBracket {
  private final Ladder ladder;
  private final int reductionFactor;
  private final int size;
  private int rung;
  private int members;
  private boolean closed;
  private final Set<Integer> awaited = new HashSet<>();
  private final List<Ranked> results = new ArrayList<>();
  private final Deque<Integer> promoted = new ArrayDeque<>();

  HyperbandBracket(Ladder ladder, int reductionFactor, int size, int firstRung) {
    this.ladder = ladder;
    this.reductionFactor = reductionFactor;
    this.size = size;
    this.rung = firstRung;
  }

  /** Whether a new trial may join. */
  boolean isOpen() {
    return !closed && members < size;
  }

  Rung join(int trial) {
    members++;
    awaited.add(trial);
    return ladder.start(trial, rung);
  }

  /** The next promoted trial's rung. */
  Optional<Rung> climb() {
    Integer trial = promoted.pollFirst();
    return Optional.ofNullable(trial).map(it -> ladder.climb(it, rung));
  }

  /** Halves a bracket that is not full, where no further trial may start; if any would climb. */
  void closePartial() {
    boolean climbs = !results.isEmpty() && rung < ladder.top() && members >= reductionFactor;
    if (isOpen() && awaited.isEmpty() && climbs) {
      closed = true;
      halve();
    }
  }

  void report(int trial, OptionalDouble loss) {
    awaited.remove(trial);
    if (loss.isPresent() && Double.isFinite(loss.getAsDouble())) {
      results.add(new Ranked(loss.getAsDouble(), trial));
    }
    if (awaited.isEmpty() && !isOpen()) {
      halve();
    }
  }

  private void halve() {
    List<Integer> best = new ArrayList<>();
    if (rung < ladder.top()) {
      results.stream()
          .sorted()
          .limit(members / reductionFactor)
          .forEach(ranked -> best.add(ranked.trial()));
      rung++;
    }
    results.clear();
    members = best.size();
    closed = true;
    promoted.addAll(best);
    awaited.addAll(best);
  }

  /** Whether nothing will happen to it any more, however many trials there may be. */
  boolean isOver() {
    return closed && awaited.isEmpty() && promoted.isEmpty() && results.isEmpty();
  }

  /** How many trials may be resumed. */
  int resumable() {
    return promoted.size() + (rung < ladder.top() ? results.size() : 0);
  }

  boolean mayResume(int trial) {
    return promoted.contains(trial)
        || results.stream().anyMatch(ranked -> ranked.trial() == trial && rung < ladder.top());
  }
}
