package org.modelzoo.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.modelzoo.base.DoubleList;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.boosting.Score;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.Sealed;

/**
 * One committed round, {@code rounds/round-NNN.json}. A round exists once this file is published.
 *
 * @param round 0-based
 * @param weights of all tasks, those that chose this round's tasks
 * @param members trained in this round, in the order in which their outputs are added up
 * @param scores of the ensemble after the round, on each split that has predictions, of the tasks
 *     whose score may not be what it was after the round before: those that got a member or are
 *     known since this round; null in format versions 1 and 2
 * @param lookahead which losses the weights are from, where that is not simply the round before;
 *     null in the published algorithm
 */
public record Round(
    int formatVersion,
    int round,
    List<Double> weights,
    List<Member> members,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<SplitScore> scores,
    @JsonInclude(JsonInclude.Include.NON_NULL) Lookahead lookahead)
    implements Sealed {
  public static final int FORMAT_VERSION = 3;

  /** The first version that stores head weights and scores. */
  private static final int SCORED_SINCE = 3;

  public Round {
    weights = DoubleList.copyOf(requireNonNull(weights, "weights"));
    members = List.copyOf(members);
    if (formatVersion >= SCORED_SINCE) {
      scores = List.copyOf(scores);
      members.forEach(Member::requireScored);
      int tasks = weights.size();
      if (scores.stream().anyMatch(score -> score.task() >= tasks)
          || members.stream()
              .flatMap(member -> member.tasks().stream())
              .anyMatch(t -> t >= tasks)) {
        throw new IllegalArgumentException("it has a task beyond its %d weights".formatted(tasks));
      }
    }
  }

  /** A round of the published algorithm, in the present format. */
  public Round(int round, List<Double> weights, List<Member> members, List<SplitScore> scores) {
    this(FORMAT_VERSION, round, weights, members, scores, null);
  }

  /** The same round, started before the one before it was committed. */
  public Round ahead(Lookahead lookahead) {
    return new Round(formatVersion, round, weights, members, scores, lookahead);
  }

  /** Whether it was written in a format version that stores no scores. */
  boolean isFormer() {
    return formatVersion < SCORED_SINCE;
  }

  /** The same round in the present format. */
  Round scored(List<Member> scoredMembers, List<SplitScore> ensembleScores) {
    return new Round(FORMAT_VERSION, round, weights, scoredMembers, ensembleScores, lookahead);
  }

  /**
   * The same round of an experiment with more tasks, the further ones not known yet.
   *
   * @param tasks of that experiment
   */
  public Round amongTasks(int tasks) {
    List<Double> allWeights = new ArrayList<>(weights);
    while (allWeights.size() < tasks) {
      allWeights.add(1.0);
    }
    return new Round(formatVersion, round, allWeights, members, scores, lookahead);
  }

  /** The members that were trained to their end. */
  public List<Member> trained() {
    return members.stream().filter(member -> !member.diverged()).toList();
  }

  /**
   * What the round was to train.
   *
   * @param newTask the task that arrived with it in continual mode; empty in every other mode
   */
  public RoundPlan plan(OptionalInt newTask) {
    return new RoundPlan(
        round,
        weights,
        IntStream.range(0, members.size())
            .mapToObj(
                member -> new MemberTasks(round, member, members.get(member).tasks(), newTask))
            .toList());
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
   * @param headWeights what each head counts in the ensemble of its task; null in format versions 1
   *     and 2
   * @param outcome {@code completed} or {@code diverged}; a diverged one has no directory
   * @param scores of the member alone, on its own tasks and each split that it has predictions for;
   *     null in format versions 1 and 2
   * @param continues the member whose network it trained further, and whose place in the ensembles
   *     it takes; null where it began anew
   */
  public record Member(
      String id,
      List<Integer> tasks,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<Double> headWeights,
      String outcome,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<SplitScore> scores,
      @JsonInclude(JsonInclude.Include.NON_NULL) String continues) {
    private static final String DIVERGED = "diverged";

    public Member {
      requireNonNull(id, "id");
      requireNonNull(outcome, "outcome");
      tasks = List.copyOf(tasks);
      headWeights = headWeights == null ? null : List.copyOf(headWeights);
      scores = scores == null ? null : List.copyOf(scores);
    }

    /** A member whose training ended well. */
    public static Member completed(
        String id, List<Integer> tasks, List<Double> headWeights, List<SplitScore> scores) {
      return new Member(id, tasks, headWeights, "completed", scores, null);
    }

    /** The same member, in the place of another one. */
    public Member continuing(String other) {
      return new Member(id, tasks, headWeights, outcome, scores, other);
    }

    /** A member that is left out of the ensemble. */
    public static Member diverged(String id, List<Integer> tasks) {
      return new Member(id, tasks, List.of(), DIVERGED, List.of(), null);
    }

    private void requireScored() {
      requireNonNull(scores, "scores");
      boolean weighted = headWeights.size() == (diverged() ? 0 : tasks.size());
      if (!weighted || headWeights.stream().anyMatch(w -> !(w > 0) || w.isInfinite())) {
        throw new IllegalArgumentException(
            "%s has the head weights %s for the tasks %s".formatted(id, headWeights, tasks));
      }
    }

    /** Whether it is left out of the ensemble. */
    public boolean diverged() {
      return outcome.equals(DIVERGED);
    }

    /** How well the member alone does one of its tasks; empty where it has no such predictions. */
    public Optional<Score> score(int task, Split split) {
      return scores.stream()
          .filter(score -> score.task() == task && score.split() == split)
          .findFirst()
          .map(SplitScore::score);
    }

    /**
     * What the member counts in the ensemble of one of its tasks.
     *
     * @throws IllegalArgumentException if it was not trained on the task
     */
    public double weight(int task) {
      int head = tasks.indexOf(task);
      if (head < 0) {
        throw new IllegalArgumentException(id + " was not trained on task " + task);
      }
      return headWeights.get(head);
    }
  }
}
