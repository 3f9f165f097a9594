package org.modelzoo.spark.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.KebabCase;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.ModelZooException;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.progress.RunEvent;
import org.modelzoo.spark.progress.RunListener;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.MemberStore.Member;
import org.modelzoo.store.RoundFile;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;

/**
 * The members of a round: those in the run directory, and the others trained side by side on the
 * farm. Lives on the driver.
 */
final class RoundMembers {
  private final String method;
  private final int rounds;
  private final RunDirectory run;
  private final Farm farm;
  private final RunListener listener;
  private final Plans plans;
  private final MemberStore store;

  RoundMembers(
      ModelZooConfig config, Method method, RunDirectory run, Farm farm, RunListener listener) {
    this.method = KebabCase.of(method);
    this.rounds = RunEstimate.of(config, method).rounds();
    this.run = run;
    this.farm = farm;
    this.listener = listener;
    this.plans = new Plans(config, method);
    this.store = new MemberStore(run);
  }

  /** The members of a round that were trained to the end, in the order of the plan. */
  Map<MemberTasks, Member> trainedIn(RoundPlan plan, Optional<RoundFile> committed) {
    Map<MemberTasks, Member> found = new LinkedHashMap<>();
    List<MemberTasks> missing = new ArrayList<>();
    for (int i = 0; i < plan.members().size(); i++) {
      MemberTasks member = plan.members().get(i);
      boolean diverged =
          committed.isPresent() && committed.get().members().get(i).outcome().equals("diverged");
      if (diverged) {
        continue;
      }
      Optional<Member> stored = stored(member);
      stored.ifPresentOrElse(it -> found.put(member, it), () -> missing.add(member));
    }
    if (!missing.isEmpty()) {
      train(plan, missing);
      missing.forEach(member -> stored(member).ifPresent(it -> found.put(member, it)));
    }
    Map<MemberTasks, Member> inOrder = new LinkedHashMap<>();
    plan.members().stream()
        .filter(found::containsKey)
        .forEach(member -> inOrder.put(member, found.get(member)));
    return inOrder;
  }

  private Optional<Member> stored(MemberTasks member) {
    try {
      MemberStore.Found found = store.find(member.id());
      if (found.damage().isPresent()) {
        listener.on(
            new RunEvent.Remark(
                method, found.damage().get() + "; " + member.id() + " is trained again"));
        store.discard(member.id());
      }
      return found.member();
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't read %s of %s: %s".formatted(member.id(), run.location(), e),
          e);
    }
  }

  /** Trains members side by side; returns when all have ended. */
  private void train(RoundPlan plan, List<MemberTasks> missing) {
    List<MemberUnit> units =
        missing.stream()
            .map(member -> new MemberUnit(method, run.uri(), plans.of(member)))
            .toList();
    listener.on(
        new RunEvent.RoundStarted(
            method,
            plan.round(),
            rounds,
            units.stream().map(unit -> unit.plan().id() + ": " + unit.tasks()).toList()));
    Map<String, CompletableFuture<MemberOutcome>> futures = new LinkedHashMap<>();
    units.forEach(unit -> futures.put(unit.plan().id(), submit(unit)));
    Map<String, MemberOutcome> outcomes = new LinkedHashMap<>();
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
    endIfRoundFailed(plan, outcomes);
  }

  private CompletableFuture<MemberOutcome> submit(MemberUnit unit) {
    return farm.submit(unit)
        .whenComplete(
            (outcome, error) -> {
              if (outcome != null) {
                listener.on(new RunEvent.MemberFinished(method, unit.plan().id(), outcome));
              }
            });
  }

  /**
   * A diverged member is left out of the ensemble as long as another of its round was trained;
   * isolated members have no substitute.
   */
  private void endIfRoundFailed(RoundPlan plan, Map<String, MemberOutcome> outcomes) {
    boolean substitutes =
        !method.equals(KebabCase.of(Method.ISOLATED))
            && outcomes.values().stream().filter(MemberOutcome.Diverged.class::isInstance).count()
                < plan.members().size();
    outcomes.forEach(
        (member, outcome) -> {
          boolean bearable = outcome instanceof MemberOutcome.Diverged && substitutes;
          if (!(outcome instanceof MemberOutcome.Completed) && !bearable) {
            throw MemberFailure.of(member, outcome);
          }
        });
  }
}
