package org.modelzoo.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;

/**
 * One committed round, {@code rounds/round-NNN.json}. A round exists once this file is published.
 *
 * @param weights of all tasks, those that chose this round's tasks
 * @param members trained in this round
 * @param losses of the ensemble per task after the round, of the signal that drives the weights;
 *     null where the task isn't known yet
 * @param lookahead which losses the weights are from, where that is not simply the round before;
 *     null in the published algorithm
 */
public record RoundFile(
    int formatVersion,
    int round,
    List<Double> weights,
    List<Member> members,
    List<Double> losses,
    @JsonInclude(JsonInclude.Include.NON_NULL) Lookahead lookahead)
    implements Sealed {
  public static final int FORMAT_VERSION = 2;

  public RoundFile {
    requireNonNull(weights, "weights");
    requireNonNull(members, "members");
    requireNonNull(losses, "losses");
  }

  /** A round of the published algorithm, in the present format. */
  public RoundFile(int round, List<Double> weights, List<Member> members, List<Double> losses) {
    this(FORMAT_VERSION, round, weights, members, losses, null);
  }

  /** The same round, started before the one before it was committed. */
  public RoundFile ahead(Lookahead lookahead) {
    return new RoundFile(formatVersion, round, weights, members, losses, lookahead);
  }

  /** The same round without what it knows of each task, which is most of it. */
  public RoundFile membersOnly() {
    return new RoundFile(formatVersion, round, List.of(), members, List.of(), lookahead);
  }

  /**
   * The same round of an experiment with more tasks, the further ones not known yet.
   *
   * @param tasks of that experiment
   */
  public RoundFile amongTasks(int tasks) {
    List<Double> allWeights = new ArrayList<>(weights);
    List<Double> allLosses = new ArrayList<>(losses);
    while (allWeights.size() < tasks) {
      allWeights.add(1.0);
      allLosses.add(null);
    }
    return new RoundFile(FORMAT_VERSION, round, allWeights, members, allLosses, lookahead);
  }

  /**
   * How early a round started.
   *
   * @param rounds the experiment's {@code zoo.lookahead}, at least 1
   * @param lossesAfterRound the round after which the losses were taken that the weights are from;
   *     null where there was none yet and all weights are 1
   */
  public record Lookahead(int rounds, Integer lossesAfterRound) {}

  /**
   * A member of the round.
   *
   * @param id of the member, its directory under {@code members/}
   * @param tasks it was trained on, in the order of its heads
   * @param outcome {@code completed} or {@code diverged}; a diverged one has no directory
   */
  public record Member(String id, List<Integer> tasks, String outcome) {
    private static final String DIVERGED = "diverged";

    public Member {
      requireNonNull(id, "id");
      requireNonNull(tasks, "tasks");
      requireNonNull(outcome, "outcome");
    }

    /** A member whose training ended well. */
    public static Member completed(String id, List<Integer> tasks) {
      return new Member(id, tasks, "completed");
    }

    /** A member that is left out of the ensemble. */
    public static Member diverged(String id, List<Integer> tasks) {
      return new Member(id, tasks, DIVERGED);
    }

    /** Whether it is left out of the ensemble. */
    public boolean diverged() {
      return outcome.equals(DIVERGED);
    }
  }
}
