package org.modelzoo.boosting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.ZooConfig;

/**
 * The zoo's state machine: which rounds there are, and what each trains given the ensemble's loss
 * on every task after an earlier round. The state is in the arguments, so that a run can go on from
 * any committed round. Runs on the driver.
 *
 * <ul>
 *   <li>Zoo, multi-task: members of b tasks drawn by the weights w. A warm start puts one member on
 *       all tasks before, as round 0.
 *   <li>Zoo, continual: one round t per task; every member holds the new task t and min(b, t + 1) −
 *       1 of the tasks 0 … t − 1, drawn by w.
 *   <li>Lookahead k: round i is drawn by the losses after round i − 1 − k and not by newer ones,
 *       even where they are known, so that the order in which members end changes nothing. Until
 *       there is such a round all weights are 1. k = 0 is the published algorithm.
 *   <li>Isolated: one round, a member for each task. Multi-head: one round, one member on all.
 *   <li>Fine-tuning and replay: one round per task, whose member has a head for each task so far,
 *       in the order in which they arrived.
 *   <li>Isolated ensemble and refit: the rounds of a finished zoo, see {@link #following}.
 * </ul>
 */
public final class RoundPlanner {
  private static final String PURPOSE = "sampling";

  private final Method method;
  private final ZooConfig zoo;
  private final List<Integer> classes;
  private final int tasks;
  private final long seed;

  /** Plans one method of an experiment. */
  public static RoundPlanner of(ModelZooConfig config, Method method) {
    List<Integer> classes =
        config.data().set().tasks().stream().map(task -> task.classes().size()).toList();
    return new RoundPlanner(method, config.zoo(), classes, config.experiment().seed());
  }

  /**
   * Plans one method of an experiment.
   *
   * @param zoo of no account for methods other than the zoo
   * @param classes how many classes each task of the experiment has
   * @param seed the experiment's; draws derive from (seed, "sampling", round, member)
   */
  RoundPlanner(Method method, ZooConfig zoo, List<Integer> classes, long seed) {
    int tasks = classes.size();
    if (tasks < 1) {
      throw new IllegalArgumentException("an experiment has at least one task, not " + tasks);
    }
    if (method == Method.ZOO && (zoo.tasksPerRound() < 1 || zoo.tasksPerRound() > tasks)) {
      throw new IllegalArgumentException(zoo.tasksPerRound() + " of " + tasks + " tasks per round");
    }
    this.method = method;
    this.zoo = zoo;
    this.classes = List.copyOf(classes);
    this.tasks = tasks;
    this.seed = seed;
  }

  /** How many rounds there are, the warm start counted. */
  public int rounds() {
    if (method == Method.ISOLATED || method == Method.MULTI_HEAD) {
      return 1;
    }
    return continual() ? tasks : zoo.rounds() + (zoo.warmStart() ? 1 : 0);
  }

  /** How many tasks are known after a round: the first so many. */
  public int tasksSeen(int round) {
    return continual() ? round + 1 : tasks;
  }

  /** The task that arrives with a round; empty where all are there from the start. */
  public OptionalInt newTask(int round) {
    return continual() ? OptionalInt.of(round) : OptionalInt.empty();
  }

  /** How many rounds may start before a round is committed, which isn't counted. */
  public int lookahead() {
    return method == Method.ZOO ? zoo.lookahead() : 0;
  }

  /** The round after which the losses are taken that a round is drawn by; empty where none is. */
  public OptionalInt lossesAfter(int round) {
    int after = round - 1 - lookahead();
    return after < 0 ? OptionalInt.empty() : OptionalInt.of(after);
  }

  /**
   * What a round trains; the same for the same arguments.
   *
   * @param round 0-based
   * @param losses the ensemble's loss on each task after the round that {@link #lossesAfter} says,
   *     by the signal of the configuration: one per task. In multi-task mode every task has a loss,
   *     log(classes) where no member has seen it, as the ensemble predicts uniformly then. In
   *     continual mode exactly the tasks that had not arrived by then are NaN. Not looked at where
   *     there is no such round.
   * @throws IllegalArgumentException where the round does not exist or the losses are not as said
   */
  public RoundPlan plan(int round, double[] losses) {
    if (round < 0 || round >= rounds()) {
      throw new IllegalArgumentException("round " + round + " of " + rounds());
    }
    OptionalInt after = lossesAfter(round);
    if (after.isPresent()) {
      checkLosses(after.getAsInt(), losses);
    }
    double[] weights = weights(after, losses);
    return new RoundPlan(round, Arrays.stream(weights).boxed().toList(), members(round, weights));
  }

  /**
   * What a round of a method that follows a zoo trains: each of the zoo's members again, or as an
   * isolated ensemble a member for each of their tasks.
   *
   * @param weights of all tasks in the zoo's round
   * @param zoo the tasks of each member of the zoo's round that was trained to its end
   */
  public RoundPlan following(int round, List<Double> weights, List<List<Integer>> zoo) {
    List<List<Integer>> subsets =
        method == Method.REFIT ? zoo : zoo.stream().flatMap(List::stream).map(List::of).toList();
    return new RoundPlan(
        round,
        weights,
        members(
            subsets.size(),
            member -> new MemberTasks(round, member, subsets.get(member), newTask(round))));
  }

  private List<MemberTasks> members(int round, double[] weights) {
    return switch (method) {
      case ISOLATED ->
          members(tasks, task -> new MemberTasks(round, task, List.of(task), OptionalInt.empty()));
      case MULTI_HEAD -> List.of(onTasks(round, tasks));
      case FINE_TUNING, REPLAY -> List.of(onTasks(round, round + 1));
      case ISOLATED_ENSEMBLE, REFIT ->
          throw new IllegalStateException(method + " follows a zoo's rounds");
      case ZOO -> {
        if (round == 0 && zoo.warmStart() && !continual()) {
          yield List.of(onTasks(round, tasks));
        }
        yield members(
            zoo.membersPerRound(),
            member ->
                continual() ? arrival(round, member, weights) : subset(round, member, weights));
      }
    };
  }

  private static List<MemberTasks> members(int count, IntFunction<MemberTasks> member) {
    return IntStream.range(0, count).mapToObj(member).toList();
  }

  private MemberTasks onTasks(int round, int count) {
    List<Integer> first = IntStream.range(0, count).boxed().toList();
    return new MemberTasks(round, 0, first, newTask(round));
  }

  private MemberTasks subset(int round, int member, double[] weights) {
    int[] drawn = draw(round, member, weights, zoo.tasksPerRound());
    return new MemberTasks(
        round, member, Arrays.stream(drawn).boxed().toList(), OptionalInt.empty());
  }

  private MemberTasks arrival(int round, int member, double[] weights) {
    int old = Math.min(zoo.tasksPerRound(), round + 1) - 1;
    List<Integer> chosen = new ArrayList<>();
    chosen.add(round);
    for (int task : draw(round, member, Arrays.copyOf(weights, round), old)) {
      chosen.add(task);
    }
    return new MemberTasks(round, member, chosen, newTask(round));
  }

  private int[] draw(int round, int member, double[] weights, int count) {
    return TaskSampler.draw(weights, count, Seeds.random(seed, PURPOSE, round, member));
  }

  private double[] weights(OptionalInt after, double[] losses) {
    boolean boosted = method == Method.ZOO && zoo.sampling() == ZooConfig.Sampling.BOOSTED;
    if (after.isPresent() && boosted) {
      return switch (zoo.weightMean()) {
        case SEEN -> TaskWeights.from(losses);
        case ALL -> TaskWeights.fromAll(losses, classes);
      };
    }
    double[] alike = new double[tasks];
    Arrays.fill(alike, 1);
    return alike;
  }

  private void checkLosses(int after, double[] losses) {
    if (losses.length != tasks) {
      throw new IllegalArgumentException(losses.length + " losses for " + tasks + " tasks");
    }
    for (int task = 0; task < tasks; task++) {
      boolean seen = task < tasksSeen(after);
      if (seen == Double.isNaN(losses[task])) {
        throw new IllegalArgumentException(
            "after round " + after + ", the loss of task " + task + " is " + losses[task]);
      }
    }
  }

  private boolean continual() {
    boolean grows = method == Method.ZOO || method.followsZoo();
    return method.isSequential() || (grows && zoo.mode() == ZooConfig.Mode.CONTINUAL);
  }
}
