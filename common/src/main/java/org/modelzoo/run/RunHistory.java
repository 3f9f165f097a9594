package org.modelzoo.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.Score;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

/**
 * What a run has done so far: its committed rounds with their members, the weights of the members'
 * heads, and how well members and ensemble do each task. Immutable; a round appended gives a new
 * history. Runs on the driver.
 */
public final class RunHistory {
  /** Before the first round. */
  public static final RunHistory EMPTY = new RunHistory(List.of(), Map.of());

  private final List<Round> rounds;

  /** The newest score of each task. */
  private final Map<Split, Score[]> newest;

  /** Worked out when somebody asks: it has a number for every task and round. */
  private AccuracyMatrix matrix;

  private RunHistory(List<Round> rounds, Map<Split, Score[]> newest) {
    this.rounds = rounds;
    this.newest = newest;
  }

  /**
   * The committed rounds of a run, in whatever format they were written.
   *
   * @throws ModelZooException (data) if one of them is damaged or of a newer program, (cluster) if
   *     the file system fails
   */
  public static RunHistory read(RunDirectory run) {
    return read(
        run,
        damage -> {
          throw new ModelZooException(
              ErrorKind.DATA, damage + "; restore it, or start over with --fresh");
        });
  }

  /**
   * As {@link #read(RunDirectory)}, up to the first round that is damaged: what follows is measured
   * on it.
   *
   * @param damages takes what is wrong with that round
   */
  public static RunHistory read(RunDirectory run, Consumer<String> damages) {
    return new HistoryReader(run, damages).read();
  }

  /**
   * The history with one round more.
   *
   * @param round the next one, in the present format
   * @throws IllegalArgumentException if it is another one, or lacks a score
   */
  public RunHistory with(Round round) {
    if (round.round() != rounds.size()) {
      throw new IllegalArgumentException(
          "round %d follows on %d rounds".formatted(round.round(), rounds.size()));
    }
    Map<Split, Score[]> scores = new EnumMap<>(Split.class);
    newest.forEach((split, all) -> scores.put(split, all.clone()));
    for (SplitScore score : round.scores()) {
      scores
              .computeIfAbsent(score.split(), split -> new Score[round.weights().size()])[
              score.task()] =
          score.score();
    }
    List<Round> longer = new ArrayList<>(rounds.size() + 1);
    longer.addAll(rounds);
    longer.add(round);
    RunHistory history = new RunHistory(longer, scores);
    for (Round.Member member : round.trained()) {
      if (member.tasks().stream().anyMatch(task -> !history.isKnown(task))) {
        throw new IllegalArgumentException(
            "round %d has no test score of a task of %s".formatted(round.round(), member.id()));
      }
    }
    return history;
  }

  /** The rounds, the first one first. */
  public List<Round> rounds() {
    return Collections.unmodifiableList(rounds);
  }

  /** The members that were trained to their end, in the order in which their outputs add up. */
  public List<Round.Member> members() {
    return rounds.stream().flatMap(round -> round.trained().stream()).toList();
  }

  /**
   * The members that the ensembles consist of after the last round: those trained to their end that
   * no other one continues.
   */
  public List<Round.Member> ensembleMembers() {
    return ensembleMembers(rounds.size());
  }

  private List<Round.Member> ensembleMembers(int rounds) {
    List<Round.Member> trained =
        this.rounds.subList(0, rounds).stream().flatMap(round -> round.trained().stream()).toList();
    Set<String> continued =
        trained.stream()
            .map(Round.Member::continues)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return trained.stream().filter(member -> !continued.contains(member.id())).toList();
  }

  /** How many members were left out of the ensemble. */
  public int diverged() {
    return rounds.stream().mapToInt(round -> round.members().size() - round.trained().size()).sum();
  }

  /**
   * The ensemble of a task: its members, in the order in which their outputs add up, each with the
   * {@link Round.Member#weight} of its head.
   *
   * @param rounds after how many of the rounds
   */
  public List<Round.Member> ensemble(int task, int rounds) {
    return ensembleMembers(rounds).stream()
        .filter(member -> member.tasks().contains(task))
        .toList();
  }

  /** Whether a task has arrived, be it with a member or without. */
  public boolean isKnown(int task) {
    return score(task, Split.TEST).isPresent();
  }

  /**
   * How well the ensemble does a task; empty where the task isn't known yet or has no such images.
   */
  public Optional<Score> score(int task, Split split) {
    Score[] scores = newest.getOrDefault(split, new Score[0]);
    return task >= 0 && task < scores.length ? Optional.ofNullable(scores[task]) : Optional.empty();
  }

  /**
   * The ensemble's loss on each task of an experiment; NaN where the task isn't known yet or has no
   * such images.
   */
  public double[] losses(int tasks, Split split) {
    return IntStream.range(0, tasks)
        .mapToDouble(task -> score(task, split).map(Score::loss).orElse(Double.NaN))
        .toArray();
  }

  /** Mean test accuracy over the tasks known after the last round; NaN before the first. */
  public double averageAccuracy() {
    return Arrays.stream(newest.getOrDefault(Split.TEST, new Score[0]))
        .filter(score -> score != null)
        .mapToDouble(Score::accuracy)
        .average()
        .orElse(Double.NaN);
  }

  /** Test accuracy of the ensemble on each task after each round. */
  public AccuracyMatrix matrix() {
    if (matrix == null) {
      matrix = accuracies();
    }
    return matrix;
  }

  private AccuracyMatrix accuracies() {
    int tasks = rounds.isEmpty() ? 1 : rounds.get(0).weights().size();
    AccuracyMatrix all = AccuracyMatrix.empty(tasks);
    double[] accuracies = new double[tasks];
    Arrays.fill(accuracies, Double.NaN);
    for (Round round : rounds) {
      for (SplitScore score : round.scores()) {
        if (score.split() == Split.TEST) {
          accuracies[score.task()] = score.score().accuracy();
        }
      }
      all =
          all.withRound(
              accuracies,
              round.trained().stream().flatMap(member -> member.tasks().stream()).toList());
    }
    return all;
  }
}
