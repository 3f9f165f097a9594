package org.modelzoo.report.live;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How far a command is, {@code progress.json}: for people who watch, by {@code top} and the board;
 * no run reads it.
 *
 * @param written when, ISO 8601
 * @param allDone whether there is nothing left to do
 * @param seconds since the driver started
 * @param secondsLeft at the pace so far; null where that can't be known
 * @param runs those that started, in their order, but for finished ones of a sweep
 * @param runsEnded finished or failed, beside those
 * @param members on the farm, in their order
 */
public record Snapshot(
    int formatVersion,
    String written,
    boolean allDone,
    long seconds,
    Long secondsLeft,
    List<Run> runs,
    int runsEnded,
    List<Member> members,
    List<LiveTable> tables) {
  public static final int FORMAT_VERSION = 1;

  /** Its file in the directory of a run, a sweep or a study. */
  public static final String NAME = "progress.json";

  public Snapshot {
    requireNonNull(written, "written");
    runs = List.copyOf(runs);
    members = List.copyOf(members);
    tables = List.copyOf(tables);
  }

  /** The same with nothing left to do. */
  public Snapshot done() {
    return new Snapshot(
        formatVersion, written, true, seconds, secondsLeft, runs, runsEnded, members, tables);
  }

  /**
   * A run that isn't finished.
   *
   * @param name method, and in a sweep the experiment before it
   * @param images to train on since the driver started; null where only the files tell
   * @param accuracy of the ensemble over the tasks so far; null before the first round
   */
  public record Run(
      String name, int rounds, int roundsDone, long imagesDone, Long images, Double accuracy) {
    public Run {
      requireNonNull(name, "name");
    }
  }

  /**
   * A member on the farm.
   *
   * @param training how far it is; null while it waits for a slot
   */
  public record Member(String run, String id, List<String> tasks, Training training) {
    public Member {
      requireNonNull(run, "run");
      requireNonNull(id, "id");
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * How far a member in training is.
   *
   * @param loss mean over the epoch so far, nats; null where it is no number
   * @param accuracy on the training batches of the epoch so far
   */
  public record Training(
      int epoch,
      int epochs,
      long imagesDone,
      long imagesTotal,
      Double loss,
      Double accuracy,
      Double imagesPerSecond,
      String where,
      String device) {
    public Training {
      requireNonNull(where, "where");
      requireNonNull(device, "device");
    }
  }
}
