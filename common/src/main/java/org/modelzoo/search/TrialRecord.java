package org.modelzoo.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.modelzoo.search.sampler.Observation;
import org.modelzoo.search.scheduler.Work;

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
  private final List<RungResult> rungs = new ArrayList<>();
  private Work work;
  private Activity activity = Activity.RUNNING;
  private int attempt = 1;
  private int interruptions;

  TrialRecord(Work work, Map<String, Object> parameters, Trial.Origin origin) {
    this.work = work;
    this.parameters = parameters;
    this.origin = origin;
  }

  Activity activity() {
    return activity;
  }

  Work work() {
    return work;
  }

  Assignment assignment() {
    return new Assignment(work, parameters, attempt);
  }

  void resume(Work next) {
    work = next;
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

  void report(RungReport report) {
    rungs.add(new RungResult(work.rung(), work.to(), report));
    activity = Activity.RESTING;
  }

  Trial snapshot(TrialState state) {
    return new Trial(work.trial(), parameters, origin, state, List.copyOf(rungs), interruptions);
  }

  RungReport lastReport() {
    return rungs.get(rungs.size() - 1).report();
  }

  /** What the sampler may know after the last report; null where that is nothing new. */
  Observation observation(Direction direction) {
    RungResult last = rungs.get(rungs.size() - 1);
    return switch (last.report().status()) {
      case FINISHED ->
          new Observation(
              work.trial(), parameters, last.resource(), direction.loss(last.report().value()));
      case DIVERGED ->
          new Observation(work.trial(), parameters, last.resource(), Double.POSITIVE_INFINITY);
      case FAILED, CANCELLED -> null;
    };
  }
}
