package org.modelzoo.spark.progress;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.ClusterNote;
import org.modelzoo.spark.event.RunEvent.ExecutorReported;
import org.modelzoo.spark.event.RunEvent.Finished;
import org.modelzoo.spark.event.RunEvent.MemberEvaluated;
import org.modelzoo.spark.event.RunEvent.MemberFinished;
import org.modelzoo.spark.event.RunEvent.Remark;
import org.modelzoo.spark.event.RunEvent.RoundCommitted;
import org.modelzoo.spark.event.RunEvent.RoundStarted;
import org.modelzoo.spark.event.RunEvent.Started;
import org.modelzoo.spark.event.RunEvent.StudyProgressed;
import org.modelzoo.training.MemberOutcome.Diverged;
import org.modelzoo.training.MemberOutcome.Failed;

/** What happens, as lines for people. Not thread-safe. */
final class EventText {
  private final Map<String, NavigableSet<Integer>> uncommitted = new HashMap<>();

  /** The line of an event; empty where it isn't worth one. */
  Optional<String> of(RunEvent event) {
    if (event instanceof Started started) {
      return Optional.of(started(started));
    } else if (event instanceof RoundStarted round) {
      return Optional.of(
          "%s round %d/%d%s: %s"
              .formatted(
                  round.method(),
                  round.round() + 1,
                  round.rounds(),
                  earlier(round),
                  round.members().stream()
                      .map(Object::toString)
                      .collect(Collectors.joining("; "))));
    } else if (event instanceof RoundCommitted round) {
      int number = round.scores().round() + 1;
      uncommitted(round.method()).remove(number);
      return Optional.of(
          "%s round %d/%d done: accuracy %.4f over the tasks so far"
              .formatted(
                  round.method(), number, round.scores().rounds(), round.scores().accuracy()));
    } else if (event instanceof MemberEvaluated member) {
      return Optional.of(evaluated(member));
    } else if (event instanceof Finished finished) {
      return Optional.of("%s: finished".formatted(finished.method()));
    } else if (event instanceof StudyProgressed study && !study.news().isEmpty()) {
      return Optional.of("%s: %s %s".formatted(study.study(), study.news(), study.progress()));
    }
    return warning(event);
  }

  /** As {@link #of}, of what the user should know also where nobody watches. */
  static Optional<String> warning(RunEvent event) {
    if (event instanceof MemberFinished member) {
      return trouble(member);
    } else if (event instanceof Remark remark) {
      return Optional.of("%s: %s".formatted(remark.method(), remark.text()));
    } else if (event instanceof ExecutorReported executor) {
      return Optional.of(
          "executor %s on %s: %s"
              .formatted(executor.executor(), executor.host(), executor.devices()));
    } else if (event instanceof ClusterNote note) {
      return Optional.of("cluster: " + note.text());
    }
    return Optional.empty();
  }

  private static Optional<String> trouble(MemberFinished member) {
    String name = member.method() + " " + member.member();
    if (member.outcome() instanceof Diverged diverged) {
      return Optional.of("%s %s".formatted(name, diverged.message()));
    } else if (member.outcome() instanceof Failed failed) {
      return Optional.of("%s failed: %s".formatted(name, failed.message()));
    }
    return Optional.empty();
  }

  private static String evaluated(MemberEvaluated member) {
    return "%s %s after epoch %d of %d: test accuracy %.4f, loss %.4f"
        .formatted(
            member.method(),
            member.member(),
            member.evaluation().epoch(),
            member.epochs(),
            mean(member.evaluation().accuracies()),
            mean(member.evaluation().losses()));
  }

  /** Over the tasks. */
  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
  }

  private static String started(Started started) {
    String images =
        started.images().isPresent()
            ? "%,d training images".formatted(started.images().getAsLong())
            : "an unknown number of training images";
    return started.roundsDone() == 0
        ? "%s: %s, %s, in %s"
            .formatted(started.method(), rounds(started.rounds()), images, started.location())
        : "%s: continues after round %d of %d, %s to go, in %s"
            .formatted(
                started.method(),
                started.roundsDone(),
                started.rounds(),
                images,
                started.location());
  }

  private static String rounds(int rounds) {
    return rounds == 1 ? "1 round" : rounds + " rounds";
  }

  /** Which rounds before this one are still in training, where the zoo looks ahead. */
  private String earlier(RoundStarted round) {
    NavigableSet<Integer> open = uncommitted(round.method());
    String numbers = open.stream().map(Object::toString).collect(Collectors.joining(", "));
    open.add(round.round() + 1);
    return numbers.isEmpty() ? "" : " beside " + numbers;
  }

  /** Numbers of the rounds that have started and are not committed, counted from 1. */
  private NavigableSet<Integer> uncommitted(String method) {
    return uncommitted.computeIfAbsent(method, name -> new TreeSet<>());
  }
}
