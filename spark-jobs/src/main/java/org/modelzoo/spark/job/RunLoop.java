package org.modelzoo.spark.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.KebabCase;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.ModelZooException;
import org.modelzoo.report.AccuracyMatrixCsv;
import org.modelzoo.report.RunSummary;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.progress.RunEvent;
import org.modelzoo.spark.progress.RunListener;
import org.modelzoo.store.Json;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.MemberStore.Member;
import org.modelzoo.store.RoundFile;
import org.modelzoo.store.RoundStore;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;

/**
 * The boosting loop of one method on the driver: plan a round, train its members on the farm, add
 * them to the ensemble, commit, go on. Rounds that were committed before are taken from the run
 * directory, so that a run that was stopped anywhere ends with the same results.
 */
final class RunLoop {
  private final ModelZooConfig config;
  private final String method;
  private final RunDirectory run;
  private final Farm farm;
  private final RunListener listener;
  private final RoundPlanner planner;
  private final Plans plans;
  private final RunResults results;
  private final RoundStore rounds;
  private final MemberStore members;

  RunLoop(ModelZooConfig config, Method method, RunDirectory run, Farm farm, RunListener listener) {
    this.config = config;
    this.method = KebabCase.of(method);
    this.run = run;
    this.farm = farm;
    this.listener = listener;
    this.planner =
        new RoundPlanner(
            method, config.zoo(), config.data().set().tasks().size(), config.experiment().seed());
    this.plans = new Plans(config, method);
    this.results = new RunResults(config, method);
    this.rounds = new RoundStore(run);
    this.members = new MemberStore(run);
  }

  /**
   * Runs to the end.
   *
   * @throws ModelZooException of the member's kind when a round can't be completed
   */
  RunResults run() {
    double[] losses = null;
    for (int round = 0; round < planner.rounds(); round++) {
      RoundPlan plan = planner.plan(round, losses);
      Optional<RoundFile> committed = rounds.committed(round);
      committed.ifPresent(file -> requireSame(plan, file));
      Map<MemberTasks, Member> trained = trained(plan, committed);
      int seen = planner.tasksSeen(round);
      results.add(plan, trained, seen);
      losses = results.signalLosses(seen);
      if (committed.isEmpty()) {
        commit(plan, trained, losses);
      }
    }
    return results;
  }

  private void commit(RoundPlan plan, Map<MemberTasks, Member> trained, double[] losses) {
    List<RoundFile.Member> outcomes =
        plan.members().stream()
            .map(
                member ->
                    new RoundFile.Member(
                        member.id(),
                        member.tasks(),
                        trained.containsKey(member) ? "completed" : "diverged"))
            .toList();
    List<Double> known =
        Arrays.stream(losses).mapToObj(loss -> Double.isNaN(loss) ? null : loss).toList();
    rounds.commit(new RoundFile(plan.round(), plan.weights(), outcomes, known));
    writeTables();
    listener.on(
        new RunEvent.RoundCommitted(
            method, plan.round(), planner.rounds(), results.averageAccuracy()));
  }

  /** Writes what can be made again from the rounds. */
  private void writeTables() {
    List<String> names = config.data().set().tasks().stream().map(task -> task.name()).toList();
    run.write("metrics.csv", results.metrics().toBytes());
    run.write("accuracy-matrix.csv", AccuracyMatrixCsv.of(results.matrix(), names));
  }

  private void requireSame(RoundPlan plan, RoundFile file) {
    List<List<Integer>> planned = plan.members().stream().map(MemberTasks::tasks).toList();
    List<List<Integer>> found = file.members().stream().map(RoundFile.Member::tasks).toList();
    if (!planned.equals(found)) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "round %d of %s was trained on tasks %s, and this program would choose %s; continue with the program version that started the run, or start anew with --fresh"
              .formatted(plan.round(), run.location(), found, planned));
    }
  }

  /** The members of a round that were trained to the end, in the order of the plan. */
  private Map<MemberTasks, Member> trained(RoundPlan plan, Optional<RoundFile> committed) {
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
      MemberStore.Found found = members.find(member.id());
      if (found.damage().isPresent()) {
        listener.on(
            new RunEvent.Remark(
                method, found.damage().get() + "; " + member.id() + " is trained again"));
        members.discard(member.id());
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
            planner.rounds(),
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

  /** Rounds committed so far, counted from the first. */
  int roundsDone() {
    int done = 0;
    while (done < planner.rounds() && rounds.committed(done).isPresent()) {
      done++;
    }
    return done;
  }

  /** Writes the end of the run. */
  RunSummary finish(double wallSeconds, Map<String, Double> baselines) {
    RunSummary summary = results.summary(wallSeconds, baselines);
    writeTables();
    run.write("summary.json", Json.write(summary));
    return summary;
  }
}
