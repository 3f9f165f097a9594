package org.modelzoo.spark.job.sweep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.modelzoo.base.KebabCase;
import org.modelzoo.report.SweepResult;
import org.modelzoo.report.TextTable;
import org.modelzoo.spark.job.RunEstimate;

/**
 * What a sweep has to do and what it may take, before anything is trained. Made on the driver.
 *
 * @param imagesPerSecond of training, by the experiments that are finished
 */
public record SweepPlan(List<Line> lines, OptionalDouble imagesPerSecond) {

  /** What is known of an experiment. */
  public enum State {
    FINISHED,
    FAILED,
    TO_DO
  }

  /**
   * One experiment with its baselines.
   *
   * @param images to train on as a whole; empty if only the files tell
   */
  public record Line(
      String experiment, State state, int rounds, int members, OptionalLong images) {}

  static SweepPlan of(List<SweepEntry> entries) {
    List<Line> lines = new ArrayList<>();
    List<SweepResult> finished = new ArrayList<>();
    for (SweepEntry entry : entries) {
      finished.addAll(entry.results());
      State state =
          entry.isFinished()
              ? State.FINISHED
              : entry.failure().isPresent() ? State.FAILED : State.TO_DO;
      List<RunEstimate> estimates = entry.estimates();
      lines.add(
          new Line(
              entry.name(),
              state,
              estimates.stream().mapToInt(RunEstimate::rounds).sum(),
              estimates.stream().mapToInt(RunEstimate::members).sum(),
              images(estimates)));
    }
    return new SweepPlan(
        lines,
        finished.stream().mapToDouble(result -> result.summary().trainImagesPerSecond()).average());
  }

  private static OptionalLong images(List<RunEstimate> estimates) {
    return estimates.stream().allMatch(estimate -> estimate.images().isPresent())
        ? OptionalLong.of(
            estimates.stream().mapToLong(estimate -> estimate.images().getAsLong()).sum())
        : OptionalLong.empty();
  }

  /** As a table, with the sum of what is left below it. */
  public String text() {
    TextTable table =
        new TextTable(2, List.of("experiment", "state", "rounds", "members", "images to train"));
    for (Line line : lines) {
      table.add(
          List.of(
              line.experiment(),
              KebabCase.of(line.state()),
              Integer.toString(line.rounds()),
              Integer.toString(line.members()),
              line.images().isPresent() ? "%,d".formatted(line.images().getAsLong()) : "?"));
    }
    return table + left();
  }

  private String left() {
    List<Line> open = lines.stream().filter(line -> line.state() != State.FINISHED).toList();
    boolean known = open.stream().allMatch(line -> line.images().isPresent());
    long images = open.stream().mapToLong(line -> line.images().orElse(0)).sum();
    String text =
        "%d of %d experiments to do, %s\n"
            .formatted(
                open.size(),
                lines.size(),
                known ? "%,d images to train on".formatted(images) : "images known from the files");
    if (!known || imagesPerSecond.isEmpty() || open.isEmpty()) {
      return text + (open.isEmpty() ? "" : "time: known once an experiment is finished\n");
    }
    Duration time = Duration.ofSeconds(Math.round(images / imagesPerSecond.getAsDouble()));
    return text
        + "time: %d:%02d:%02d one after another, at the %,.0f images a second of those finished\n"
            .formatted(
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart(),
                imagesPerSecond.getAsDouble());
  }
}
