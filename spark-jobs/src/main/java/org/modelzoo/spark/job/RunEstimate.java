package org.modelzoo.spark.job;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.ZooConfig;
import org.modelzoo.config.ZooConfig.Mode;
import org.modelzoo.data.Replay;
import org.modelzoo.data.TaskSizes;
import org.modelzoo.network.NetworkSpec;

/**
 * How much work one method of an experiment is, known without a cluster and without opening a file.
 * Which tasks boosting will choose isn't known, so tasks count as alike.
 *
 * @param rounds to be committed
 * @param members to be trained
 * @param largestMember tasks of the largest member
 * @param images seen in training over all members and epochs; empty if only the files tell
 */
public record RunEstimate(int rounds, int members, int largestMember, OptionalLong images) {

  /** The estimate for a method of an experiment. */
  public static RunEstimate of(ModelZooConfig config, Method method) {
    int tasks = config.data().set().tasks().size();
    return switch (method) {
      case ISOLATED -> estimate(config, 1, tasks, 1, tasks);
      case MULTI_HEAD -> estimate(config, 1, 1, tasks, tasks);
      case FINE_TUNING -> estimate(config, tasks, tasks, tasks, tasks);
      case REPLAY -> estimate(config, tasks, tasks, tasks, continualTasks(config, 1));
      case ZOO, REFIT -> zoo(config, tasks);
      case ISOLATED_ENSEMBLE -> isolatedEnsemble(config, tasks);
    };
  }

  private static RunEstimate zoo(ModelZooConfig config, int tasks) {
    ZooConfig zoo = config.zoo();
    int parallel = zoo.membersPerRound();
    int b = zoo.tasksPerRound();
    if (zoo.mode() == Mode.CONTINUAL) {
      return estimate(
          config, tasks, tasks * parallel, Math.min(b, tasks), continualTasks(config, parallel));
    }
    int warm = zoo.warmStart() ? 1 : 0;
    int members = zoo.rounds() * parallel;
    return estimate(
        config,
        zoo.rounds() + warm,
        members + warm,
        warm == 1 ? tasks : b,
        (double) members * b + (double) warm * tasks);
  }

  /** A member for each task of each member of the zoo, on all of the task's images. */
  private static RunEstimate isolatedEnsemble(ModelZooConfig config, int tasks) {
    ZooConfig zoo = config.zoo();
    int perMember = Math.min(zoo.tasksPerRound(), tasks);
    int ofZoo =
        zoo.mode() == Mode.CONTINUAL
            ? IntStream.rangeClosed(1, tasks).map(known -> Math.min(perMember, known)).sum()
            : zoo.rounds() * perMember;
    int members = ofZoo * zoo.membersPerRound() + (zoo.warmStart() ? tasks : 0);
    return estimate(config, zoo(config, tasks).rounds(), members, 1, members);
  }

  /** What the members of a continual zoo train on, counted in whole tasks. */
  private static double continualTasks(ModelZooConfig config, int membersPerRound) {
    ZooConfig zoo = config.zoo();
    return membersPerRound
        * IntStream.rangeClosed(1, config.data().set().tasks().size())
            .mapToDouble(
                known -> wholeTasks(Math.min(zoo.tasksPerRound(), known), zoo.replayFraction()))
            .sum();
  }

  /** Training images of a member under limited replay, counted in tasks: the new one is whole. */
  private static double wholeTasks(int tasks, double replayFraction) {
    double old = replayFraction < 1 ? replayFraction * Replay.repeats(replayFraction, tasks) : 1;
    return 1 + (tasks - 1) * old;
  }

  private static RunEstimate estimate(
      ModelZooConfig config, int rounds, int members, int largest, double memberTasks) {
    int tasks = config.data().set().tasks().size();
    boolean known =
        IntStream.range(0, tasks)
            .allMatch(task -> TaskSizes.trainImages(config.data(), task).isPresent());
    OptionalLong images =
        known
            ? OptionalLong.of(
                Math.round(meanImages(config, tasks) * memberTasks * config.training().epochs()))
            : OptionalLong.empty();
    return new RunEstimate(rounds, members, largest, images);
  }

  /** Training images of the rounds that follow, taking rounds for alike. */
  OptionalLong after(int roundsDone) {
    return images.isPresent()
        ? OptionalLong.of(images.getAsLong() * (rounds - roundsDone) / rounds)
        : images;
  }

  private static double meanImages(ModelZooConfig config, int tasks) {
    return IntStream.range(0, tasks)
        .map(task -> TaskSizes.trainImages(config.data(), task).orElseThrow())
        .average()
        .orElseThrow();
  }

  /** The largest member's network: as many heads as it has tasks, each of the largest task. */
  public NetworkSpec largestNetwork(ModelZooConfig config) {
    int classes =
        config.data().set().tasks().stream()
            .mapToInt(task -> task.classes().size())
            .max()
            .orElseThrow();
    List<Integer> heads = IntStream.range(0, largestMember).mapToObj(head -> classes).toList();
    return new NetworkSpec(
        config.network().name(),
        config.network().dropout(),
        config.data().set().source().shape(),
        heads);
  }
}
