package org.modelzoo.search.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Runs a scheduler to its end: work on some slots ends in an order drawn by a seed. The result of a
 * rung is a function of trial and rung alone.
 */
final class Simulation {
  /** Something that happened, in order. */
  sealed interface Step {
    record Start(Work work) implements Step {}

    record End(Work work, RungOutcome outcome) implements Step {}
  }

  final List<Step> steps = new ArrayList<>();
  final Scheduler scheduler;
  private final SplittableRandom order;
  private final long results;
  private final int slots;
  private final List<Work> running = new ArrayList<>();

  Simulation(Scheduler scheduler, int slots, long order, long results) {
    this.scheduler = scheduler;
    this.slots = slots;
    this.order = new SplittableRandom(order);
    this.results = results;
  }

  Simulation run(int trials) {
    while (true) {
      Decision decision = running.size() < slots ? scheduler.next(trials) : new Decision.Wait();
      if (decision instanceof Decision.Run run) {
        running.add(run.work());
        steps.add(new Step.Start(run.work()));
      } else if (running.isEmpty()) {
        if (!(decision instanceof Decision.Finished)) {
          throw new AssertionError("waits for nothing");
        }
        return this;
      } else {
        Work work = running.remove(order.nextInt(running.size()));
        steps.add(new Step.End(work, outcome(work)));
        scheduler.report(work, outcome(work));
      }
    }
  }

  RungOutcome outcome(Work work) {
    SplittableRandom random =
        new SplittableRandom(results + 1000L * work.trial() + 7L * work.rung());
    random.nextLong();
    int fate = random.nextInt(20);
    if (fate < 2) {
      return fate == 0 ? RungOutcome.diverged() : RungOutcome.dropped();
    }
    // Few different values, so that there are ties.
    return RungOutcome.completed(random.nextInt(50));
  }

  List<Work> works() {
    List<Work> works = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Start start) {
        works.add(start.work());
      }
    }
    return works;
  }

  /** The rungs that trials ended with a loss, and the losses. */
  Map<Integer, List<Ranked>> resultsByRung() {
    Map<Integer, List<Ranked>> byRung = new HashMap<>();
    for (Step step : steps) {
      if (step instanceof Step.End end && end.outcome().kind() != RungOutcome.Kind.DROPPED) {
        byRung
            .computeIfAbsent(end.work().rung(), rung -> new ArrayList<>())
            .add(Ranked.of(end.work().trial(), end.outcome()));
      }
    }
    return byRung;
  }
}
