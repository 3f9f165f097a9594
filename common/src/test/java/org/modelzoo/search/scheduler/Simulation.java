package org.modelzoo.search.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Runs a scheduler to its end: rungs on some slots end in an order drawn by a seed. The result of a
 * rung is a function of trial and rung alone.
 */
final class Simulation {
  /** Something that happened, in order. */
  sealed interface Step {
    record Start(Rung rung) implements Step {}

    record End(Rung rung, OptionalDouble loss) implements Step {}
  }

  final List<Step> steps = new ArrayList<>();
  final Scheduler scheduler;
  private final SplittableRandom order;
  private final long results;
  private final int slots;
  private final List<Rung> running = new ArrayList<>();

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
        running.add(run.rung());
        steps.add(new Step.Start(run.rung()));
      } else if (running.isEmpty()) {
        if (!(decision instanceof Decision.Finished)) {
          throw new AssertionError("waits for nothing");
        }
        return this;
      } else {
        Rung rung = running.remove(order.nextInt(running.size()));
        steps.add(new Step.End(rung, loss(rung)));
        scheduler.report(rung, loss(rung));
      }
    }
  }

  OptionalDouble loss(Rung rung) {
    SplittableRandom random =
        new SplittableRandom(results + 1000L * rung.trial() + 7L * rung.number());
    random.nextLong();
    int fate = random.nextInt(20);
    if (fate < 2) {
      return fate == 0 ? OptionalDouble.of(Double.POSITIVE_INFINITY) : OptionalDouble.empty();
    }
    // Few different values, so that there are ties.
    return OptionalDouble.of(random.nextInt(50));
  }

  List<Rung> rungs() {
    List<Rung> rungs = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Start start) {
        rungs.add(start.rung());
      }
    }
    return rungs;
  }

  /** The rungs that trials ended with a loss, and the losses. */
  Map<Integer, List<Ranked>> resultsByRung() {
    Map<Integer, List<Ranked>> byRung = new HashMap<>();
    for (Step step : steps) {
      if (step instanceof Step.End end && end.loss().isPresent()) {
        byRung
            .computeIfAbsent(end.rung().number(), rung -> new ArrayList<>())
            .add(new Ranked(end.loss().getAsDouble(), end.rung().trial()));
      }
    }
    return byRung;
  }
}
