package org.modelzoo.spark.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.report.AccuracyMatrixCsv;
import org.modelzoo.report.MetricsCsv;
import org.modelzoo.report.RunSummary;
import org.modelzoo.run.Round;
import org.modelzoo.run.RoundScorer;
import org.modelzoo.run.RoundStore;
import org.modelzoo.run.RunHistory;
import org.modelzoo.run.Splits;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.RoundScores;
import org.modelzoo.spark.event.RunEvent.TaskScore;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore.Member;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Split;
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
  private final Method method;
  private final Optional<RunHistory> zoo;
  private final String name;
  private final RunDirectory run;
  private final RunListener listener;
  private final RoundPlanner planner;
  private final RoundScorer scorer;
  private final RoundStore rounds;
  private final RoundMembers members;
  private final Throttle tables = new Throttle(System::nanoTime);
  private final List<MemberFile> files = new ArrayList<>();

  /** Rounds in flight that were committed by a driver before. */
  private final Set<Integer> found = new HashSet<>();

  private RunHistory history = RunHistory.EMPTY;

  /**
   * A loop over a run directory; writes nothing yet.
   *
   * @param name of the run in progress and in Spark's pages
   * @param zoo the finished zoo that the method follows; empty for methods that follow none
   * @param run behind the fence of its lease
   */
  public RunLoop(
      String name,
      ModelZooConfig config,
      Method method,
      Optional<RunHistory> zoo,
      RunDirectory run,
      Farm farm,
      RunListener listener) {
    this.config = config;
    this.method = method;
    this.zoo = zoo;
    this.name = name;
    this.run = run;
    this.listener = listener;
    this.planner = RoundPlanner.of(config, method);
    this.scorer = new RoundScorer(config, method);
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
    // Nothing of what a round trains hangs on the rounds before where a finished zoo says it.
    int ahead = zoo.isPresent() ? planner.rounds() : planner.lookahead();
    RoundsInFlight inFlight = new RoundsInFlight(planner.rounds(), ahead, this::start);
    while (history.rounds().size() < planner.rounds()) {
      RoundMembers.Started started = inFlight.next();
      try {
        finish(started.plan(), started.join());
      } catch (RuntimeException e) {
        inFlight.awaitEnd();
        throw e;
      }
    }
    return new RunResults(config, method, history, files);
  }

  private RoundMembers.Started start(int round) {
    Optional<Round> committed = committed(round);
    committed.ifPresent(file -> found.add(round));
    RoundPlan plan =
        committed.map(file -> file.plan(planner.newTask(round))).orElseGet(() -> plan(round));
    return members.start(plan, committed);
  }

  private RoundPlan plan(int round) {
    if (zoo.isEmpty()) {
      // The newest losses are those after the round that the planner's lossesAfter names.
      return planner.plan(round, losses());
    }
    Round followed = zoo.get().rounds().get(round);
    return planner.following(
        round, followed.weights(), followed.trained().stream().map(Round.Member::tasks).toList());
  }

  /** Of the signal that drives the weights. */
  private double[] losses() {
    return history.losses(config.data().set().tasks().size(), Splits.signal(config));
  }

  /** A round whose file is damaged follows again from its members and the rounds before. */
  private Optional<Round> committed(int round) {
    FoundRecord<Round> record = rounds.find(round);
    record
        .damage()
        .ifPresent(
            damage ->
                listener.on(
                    new RunEvent.Remark(
                        name, damage + "; round " + (round + 1) + " is committed again")));
    return record.record();
  }

  private void finish(RoundPlan plan, Map<MemberTasks, Member> trained) {
    Map<MemberTasks, Predictions> predictions = new HashMap<>();
    trained.forEach(
        (planned, member) -> {
          files.add(member.file());
          predictions.put(planned, member.predictions());
        });
    Round round = scorer.score(plan, predictions, planner.tasksSeen(plan.round()));
    history = history.with(round);
    if (!found.remove(plan.round())) {
      rounds.commit(planner.lookahead() == 0 ? round : round.ahead(lookahead(plan.round())));
      tables.run(this::writeTables);
      listener.on(new RunEvent.RoundCommitted(name, scores(plan)));
    } else {
      listener.on(new RunEvent.RoundFound(name, scores(plan)));
    }
  }

  private Round.Lookahead lookahead(int round) {
    OptionalInt after = planner.lossesAfter(round);
    return new Round.Lookahead(planner.lookahead(), after.isPresent() ? after.getAsInt() : null);
  }

  private RoundScores scores(RoundPlan plan) {
    double[] losses = losses();
    List<TaskScore> scores = new ArrayList<>();
    for (int task = 0; task < planner.tasksSeen(plan.round()); task++) {
      scores.add(
          new TaskScore(
              config.data().set().tasks().get(task).name(),
              plan.weights().get(task),
              losses[task],
              history.score(task, Split.TEST).orElseThrow().accuracy()));
    }
    return new RoundScores(plan.round(), planner.rounds(), history.averageAccuracy(), scores);
  }

  /** Writes what can be made again from the rounds. */
  private void writeTables() {
    List<String> names = config.data().set().tasks().stream().map(task -> task.name()).toList();
    run.write("metrics.csv", out -> MetricsCsv.write(history, method, names, out));
    run.write("accuracy-matrix.csv", out -> AccuracyMatrixCsv.write(history.matrix(), names, out));
  }

  /** Rounds committed so far, counted from the first. */
  int roundsDone() {
    int done = 0;
    while (done < planner.rounds() && rounds.isCommitted(done)) {
      done++;
    }
    return done;
  }

  /** Writes the end of the run, which {@link #run} has reached. */
  RunSummary finish(RunResults results, double wallSeconds) {
    RunSummary summary = results.summary(wallSeconds);
    writeTables();
    // What attempts that were killed left behind, so that every run ends with the same files.
    run.deleteUnfinished();
    run.deleteCheckpoints();
    run.write("summary.json", summary);
    return summary;
  }
}
