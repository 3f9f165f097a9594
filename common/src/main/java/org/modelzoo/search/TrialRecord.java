package org.modelzoo.search;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.modelzoo.search.sampler.Observation;
import org.modelzoo.search.scheduler.Rung;

/** A trial while its study changes it. */
final class TrialRecord {
  /** What happens to it now; the rest follows from its rungs. */
  enum Activity {
    RESTING,
    RUNNING,
    WAITING
  }

  private final Map<String, Object> parameters;
  private final Trial.Origin origin;
  private final TreeMap<Integer, RungOutcome> outcomes = new TreeMap<>();
  private Rung rung;
  private Activity activity = Activity.RUNNING;
  private int attempt = 1;
  private int interruptions;

  TrialRecord(Rung first, Map<String, Object> parameters, Trial.Origin origin) {
    this.rung = first;
    this.parameters = parameters;
    this.origin = origin;
  }

  Activity activity() {
    return activity;
  }

  Rung rung() {
    return rung;
  }

  /** Whether this is the trial that was handed out, and has not come back yet. */
  boolean isOut(Trial trial) {
    return activity == Activity.RUNNING
        && rung.equals(trial.rung())
        && attempt == trial.attempt()
        && parameters.equals(trial.parameters());
  }

  void resume(Rung next) {
    rung = next;
    activity = Activity.RUNNING;
    attempt = 1;
  }

  void repeat() {
    activity = Activity.RUNNING;
  }

  void interrupt() {
    activity = Activity.WAITING;
    attempt++;
    interruptions++;
  }

  void end(RungOutcome outcome) {
    outcomes.put(rung.to(), outcome);
    activity = Activity.RESTING;
  }

  Trial snapshot(TrialState state) {
    return new Trial(
        parameters,
        origin,
        state,
        Collections.unmodifiableSortedMap(new TreeMap<>(outcomes)),
        rung,
        attempt,
        interruptions);
  }

  RungOutcome lastOutcome() {
    return outcomes.lastEntry().getValue();
  }

  /** What the sampler may know after the last outcome; empty where that is nothing new. */
  Optional<Observation> observation(Direction direction) {
    OptionalDouble loss = lastOutcome().loss(direction);
    return loss.isPresent()
        ? Optional.of(new Observation(rung.trial(), parameters, rung.to(), loss.getAsDouble()))
        : Optional.empty();
  }
}
