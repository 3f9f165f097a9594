package org.modelzoo.spark.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.run.Round;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.MemberStore.Member;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;

/**
 * The members of a round: those in the run directory, and the others trained side by side on the
 * farm. Lives on the driver.
 */
final class RoundMembers {
  private final String name;
  private final Method method;
  private final int rounds;
  private final RunDirectory run;
  private final Farm farm;
  private final RunListener listener;
  private final Plans plans;
  private final MemberStore store;

  RoundMembers(
      String name,
      ModelZooConfig config,
      Method method,
      RunDirectory run,
      Farm farm,
      RunListener listener) {
    this.name = name;
    this.method = method;
    this.rounds = RunEstimate.of(config, method).rounds();
    this.run = run;
    this.farm = farm;
    this.listener = listener;
    this.plans = new Plans(config, method);
    this.store = new MemberStore(run);
  }

  /**
   * Sends the members of a round that are missing to the farm, and doesn't wait for them.
   *
   * @throws ModelZooException (cluster) when the run directory can't be read
   */
  Started start(RoundPlan plan, Optional<Round> committed) {
    Map<MemberTasks, Member> trained = new LinkedHashMap<>();
    List<MemberTasks> missing = new ArrayList<>();
    for (int i = 0; i < plan.members().size(); i++) {
      MemberTasks member = plan.members().get(i);
      if (committed.isPresent() && committed.get().members().get(i).diverged()) {
        continue;
      }
      Optional<Member> stored = stored(member);
      // A missing member keeps its place, so that the ensemble adds up in the order of the plan.
      trained.put(member, stored.orElse(null));
      if (stored.isEmpty()) {
        missing.add(member);
      }
    }
    return new Started(plan, trained, missing.isEmpty() ? Map.of() : train(plan, missing));
  }

  /** A round whose members are stored, or on the farm. */
  final class Started {
    private final RoundPlan plan;
    private final Map<MemberTasks, Member> trained;
    private final Map<MemberTasks, CompletableFuture<MemberOutcome>> training;

    private Started(
        RoundPlan plan,
        Map<MemberTasks, Member> trained,
        Map<MemberTasks, CompletableFuture<MemberOutcome>> training) {
      this.plan = plan;
      this.trained = trained;
      this.training = training;
    }

    /** What it trains. */
    RoundPlan plan() {
      return plan;
    }

    /**
     * Waits for the members.
     *
     * @return those that were trained to the end, in the order of the plan; the others diverged
     * @throws ModelZooException when the round can't be completed
     */
    Map<MemberTasks, Member> join() {
      Map<MemberTasks, MemberOutcome> outcomes = outcomes(training);
      endIfRoundFailed(plan, outcomes);
      outcomes.forEach(
          (member, outcome) -> {
            if (outcome instanceof MemberOutcome.Completed) {
              trained.put(member, stored(member).orElseThrow(() -> outOfSight(member)));
            } else {
              trained.remove(member);
              discard(member);
            }
          });
      return trained;
    }

    /** Waits for the members, however they end. */
    void awaitEnd() {
      CompletableFuture.allOf(training.values().toArray(CompletableFuture[]::new))
          .exceptionally(error -> null)
          .join();
    }
  }

  private Optional<Member> stored(MemberTasks member) {
    FoundRecord<Member> found = store.find(member.id(), plans.of(member).seed(), member.tasks());
    found
        .damage()
        .ifPresent(
            damage -> {
              remark(damage + "; " + member.id() + " is trained again");
              store.discard(member.id());
            });
    return found.record();
  }

  /** An attempt before the one that diverged may have been killed while it wrote. */
  private void discard(MemberTasks member) {
    try {
      store.discard(member.id());
    } catch (ModelZooException e) {
      remark("what is left of %s can't be deleted: %s".formatted(member.id(), e.getMessage()));
    }
  }

  private ModelZooException outOfSight(MemberTasks member) {
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "an executor wrote %s to %s, but the driver does not find it there; set output.directory to a file system that driver and executors share"
            .formatted(member.id(), run.location()));
  }

  /** Trains members side by side. */
  private Map<MemberTasks, CompletableFuture<MemberOutcome>> train(
      RoundPlan plan, List<MemberTasks> missing) {
    Map<MemberTasks, MemberUnit> units = new LinkedHashMap<>();
    missing.forEach(member -> units.put(member, new MemberUnit(name, run.uri(), plans.of(member))));
    listener.on(
        new RunEvent.RoundStarted(
            name,
            plan.round(),
            rounds,
            units.values().stream()
                .map(unit -> new RunEvent.PlannedMember(unit.plan().id(), unit.tasks()))
                .toList()));
    Map<MemberTasks, CompletableFuture<MemberOutcome>> futures = new LinkedHashMap<>();
    units.forEach((member, unit) -> futures.put(member, submit(unit)));
    return futures;
  }

  /** Returns when all have ended. */
  private static Map<MemberTasks, MemberOutcome> outcomes(
      Map<MemberTasks, CompletableFuture<MemberOutcome>> futures) {
    Map<MemberTasks, MemberOutcome> outcomes = new LinkedHashMap<>();
    List<RuntimeException> lost = new ArrayList<>();
    futures.forEach(
        (member, future) -> {
          try {
            outcomes.put(member, future.join());
          } catch (CompletionException e) {
            lost.add(e.getCause() instanceof ModelZooException known ? known : e);
          }
        });
    if (!lost.isEmpty()) {
      throw lost.get(0);
    }
    return outcomes;
  }

  private CompletableFuture<MemberOutcome> submit(MemberUnit unit) {
    CompletableFuture<MemberOutcome> future = farm.submit(unit);
    return future.thenApply(
        outcome -> {
          listener.on(new RunEvent.MemberFinished(name, unit.plan().id(), outcome));
          if (outcome instanceof MemberOutcome.Completed completed) {
            completed.remarks().forEach(this::remark);
          }
          return outcome;
        });
  }

  private void remark(String text) {
    listener.on(new RunEvent.Remark(name, text));
  }

  /**
   * A diverged member is left out of the ensemble as long as another of its round was trained;
   * isolated members have no substitute.
   */
  private void endIfRoundFailed(RoundPlan plan, Map<MemberTasks, MemberOutcome> outcomes) {
    long diverged =
        outcomes.values().stream().filter(MemberOutcome.Diverged.class::isInstance).count();
    boolean substitutes = method != Method.ISOLATED && diverged < plan.members().size();
    outcomes.forEach(
        (member, outcome) -> {
          boolean bearable = outcome instanceof MemberOutcome.Diverged && substitutes;
          if (!(outcome instanceof MemberOutcome.Completed) && !bearable) {
            throw MemberFailure.of(member.id(), outcome);
          }
        });
  }
}
