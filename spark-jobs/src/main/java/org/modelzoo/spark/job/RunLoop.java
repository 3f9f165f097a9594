package org.modelzoo.spark.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.report.AccuracyMatrixCsv;
import org.modelzoo.report.RunSummary;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.RoundScores;
import org.modelzoo.spark.event.RunEvent.TaskScore;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberStore.Member;
import org.modelzoo.store.RoundFile;
import org.modelzoo.store.RoundStore;
import org.modelzoo.store.RunDirectory;

/**
 * The boosting loop of one method on the driver: plan a round, train its members on the farm, add
 * them to the ensemble, commit, go on; as far as the configuration looks ahead, later rounds train
 * meanwhile, and rounds are committed in their order all the same. Rounds that were committed
 * before are taken from the run directory, so that a run that was stopped anywhere ends with the
 * same results.
 */
public final class RunLoop {
  private final ModelZooConfig config;
  private final String name;
  private final RunDirectory run;
  private final RunListener listener;
  private final RoundPlanner planner;
  private final RunResults results;
  private final RoundStore rounds;
  private final RoundMembers members;
  private final Throttle tables = new Throttle(System::nanoTime);

  /** Rounds in flight that were committed by a driver before. */
  private final Set<Integer> found = new HashSet<>();

  /**
   * A loop over a run directory; writes nothing yet.
   *
   * @param name of the run in progress and in Spark's pages
   * @param run behind the fence of its lease
   */
  public RunLoop(
      String name,
      ModelZooConfig config,
      Method method,
      RunDirectory run,
      Farm farm,
      RunListener listener) {
    this.config = config;
    this.name = name;
    this.run = run;
    this.listener = listener;
    this.planner =
        new RoundPlanner(
            method, config.zoo(), config.data().set().tasks().size(), config.experiment().seed());
    this.results = new RunResults(config, method);
    this.rounds = new RoundStore(run);
    this.members = new RoundMembers(name, config, method, run, farm, listener);
  }

  /**
   * Runs to the end.
   *
   * @throws ModelZooException of the member's kind when a round can't be completed, (cluster) when
   *     another driver took the run over
   */
  public RunResults run() {
    RoundsInFlight inFlight = new RoundsInFlight(planner, this::start);
    for (int round = 0; round < planner.rounds(); round++) {
      RoundPlan plan = inFlight.next();
      Map<MemberTasks, Member> trained = inFlight.trained();
      int seen = planner.tasksSeen(round);
      results.add(plan, trained, seen);
      double[] losses = results.signalLosses(seen);
      RoundScores scores = scores(plan, losses, seen);
      if (!found.remove(round)) {
        commit(plan, trained, losses);
        listener.on(new RunEvent.RoundCommitted(name, scores));
      } else {
        listener.on(new RunEvent.RoundFound(name, scores));
      }
      inFlight.committed(losses);
    }
    return results;
  }

  private RoundMembers.Started start(RoundPlan plan) {
    Optional<RoundFile> committed = committed(plan.round());
    committed.ifPresent(
        file -> {
          requireSame(plan, file);
          found.add(plan.round());
        });
    return members.start(plan, committed);
  }

  /** A round whose file is damaged follows again from its members and the rounds before. */
  private Optional<RoundFile> committed(int round) {
    FoundRecord<RoundFile> found = rounds.find(round);
    found
        .damage()
        .ifPresent(
            damage ->
                listener.on(
                    new RunEvent.Remark(
                        name, damage + "; round " + (round + 1) + " is committed again")));
    return found.record();
  }

  private void commit(RoundPlan plan, Map<MemberTasks, Member> trained, double[] losses) {
    List<RoundFile.Member> outcomes =
        plan.members().stream()
            .map(
                member ->
                    trained.containsKey(member)
                        ? RoundFile.Member.completed(member.id(), member.tasks())
                        : RoundFile.Member.diverged(member.id(), member.tasks()))
            .toList();
    List<Double> known =
        Arrays.stream(losses).mapToObj(loss -> Double.isNaN(loss) ? null : loss).toList();
    rounds.commit(file(plan, outcomes, known));
    tables.run(results.metrics().bytes(), this::writeTables);
  }

  private RoundScores scores(RoundPlan plan, double[] losses, int seen) {
    List<TaskScore> scores = new ArrayList<>();
    for (int task = 0; task < seen; task++) {
      scores.add(
          new TaskScore(
              config.data().set().tasks().get(task).name(),
              plan.weights().get(task),
              losses[task],
              results.matrix().last(task)));
    }
    return new RoundScores(plan.round(), planner.rounds(), results.averageAccuracy(), scores);
  }

  private RoundFile file(RoundPlan plan, List<RoundFile.Member> outcomes, List<Double> losses) {
    RoundFile file = new RoundFile(plan.round(), plan.weights(), outcomes, losses);
    if (planner.lookahead() == 0) {
      return file;
    }
    OptionalInt after = planner.lossesAfter(plan.round());
    return file.ahead(
        new RoundFile.Lookahead(planner.lookahead(), after.isPresent() ? after.getAsInt() : null));
  }

  /** Writes what can be made again from the rounds. */
  private void writeTables() {
    List<String> names = config.data().set().tasks().stream().map(task -> task.name()).toList();
    run.write("metrics.csv", results.metrics()::writeTo);
    run.write("accuracy-matrix.csv", out -> AccuracyMatrixCsv.write(results.matrix(), names, out));
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

  /** Rounds committed so far, counted from the first. */
  int roundsDone() {
    int done = 0;
    while (done < planner.rounds() && rounds.isCommitted(done)) {
      done++;
    }
    return done;
  }

  /** Writes the end of the run. */
  RunSummary finish(double wallSeconds) {
    RunSummary summary = results.summary(wallSeconds);
    writeTables();
    // What attempts that were killed left behind, so that every run ends with the same files.
    run.deleteUnfinished();
    run.deleteCheckpoints();
    run.write("summary.json", summary);
    return summary;
  }
}
