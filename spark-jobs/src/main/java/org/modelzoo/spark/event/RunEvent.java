package org.modelzoo.spark.event;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.modelzoo.report.live.LiveTable;
import org.modelzoo.search.Trial;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberProgress;

/**
 * What happens in a run, in the order it happens. Heard on the driver. Where there is a {@code
 * method}, it happened in the run of that method, as it is configured; in a sweep the experiment's
 * name stands before it.
 */
public sealed interface RunEvent {
  /**
   * An executor with graphics cards started; comes from there.
   *
   * @param devices what it computes with
   */
  record ExecutorReported(String executor, String host, String devices)
      implements RunEvent, Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A run starts or continues.
   *
   * @param roundsDone committed before
   * @param images training images of the rounds to come; empty if only the files tell
   */
  record Started(String method, String location, int rounds, int roundsDone, OptionalLong images)
      implements RunEvent {}

  /** Members of a round go to the farm. */
  record RoundStarted(String method, int round, int rounds, List<PlannedMember> members)
      implements RunEvent {}

  /** A member that goes to the farm, with the names of its tasks. */
  record PlannedMember(String id, List<String> tasks) {
    @Override
    public String toString() {
      return id + ": " + String.join(", ", tasks);
    }
  }

  /** Word of a member in training; comes from where it is trained. */
  sealed interface FromTraining extends RunEvent, Serializable {
    String method();

    String member();
  }

  /** A member trains. */
  record MemberProgressed(String method, String member, MemberProgress progress, Place place)
      implements FromTraining {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A member in training was evaluated on test images.
   *
   * @param tasks their names, in the order of the evaluation
   * @param epochs of the member in all
   * @param images trained on so far
   */
  record MemberEvaluated(
      String method,
      String member,
      List<String> tasks,
      int epochs,
      long images,
      MemberFile.Evaluation evaluation)
      implements FromTraining {
    private static final long serialVersionUID = 1L;
  }

  /** A member ended. */
  record MemberFinished(String method, String member, MemberOutcome outcome) implements RunEvent {}

  /** A round is in the run directory since now. */
  record RoundCommitted(String method, RoundScores scores) implements RunEvent {}

  /**
   * A round was in the run directory when the driver came to it; told before the rounds after it.
   */
  record RoundFound(String method, RoundScores scores) implements RunEvent {}

  /**
   * What the ensemble can do after a round.
   *
   * @param round from 0
   * @param rounds of the run in all
   * @param accuracy mean test accuracy of the ensemble over the tasks known so far
   * @param tasks those known so far
   */
  record RoundScores(int round, int rounds, double accuracy, List<TaskScore> tasks) {}

  /**
   * What the ensemble can do on a task.
   *
   * @param weight w, by which the tasks of the round were drawn
   * @param loss of the signal that drives the weights, nats; NaN where it isn't measured
   * @param accuracy on the test images
   */
  record TaskScore(String task, double weight, double loss, double accuracy) {}

  /**
   * A search has come on.
   *
   * @param news what happened, a line; empty where only the numbers are new
   */
  record StudyProgressed(String study, String news, StudyProgress progress) implements RunEvent {}

  /** A search starts or continues in its study directory. */
  record StudyStarted(String study, String location) implements RunEvent {}

  /**
   * Trials of a search were started, went on or ended; those of earlier starts come first.
   *
   * @param trials as they stand, those with something new
   * @param best of all
   * @param rungs of all that ended
   */
  record TrialsChanged(String study, List<Trial> trials, Optional<Trial> best, int rungs)
      implements RunEvent {}

  /**
   * A search ended, its files are written.
   *
   * @param failure why it isn't complete; empty if it is
   */
  record StudyEnded(String study, Optional<String> failure) implements RunEvent {}

  /** The experiments of a sweep, whose runs are inside this location, start or continue. */
  record SweepStarted(String sweep, String location) implements RunEvent {}

  /**
   * A sweep ended, its files are written.
   *
   * @param failure why it isn't complete; empty if it is
   */
  record SweepEnded(String sweep, Optional<String> failure) implements RunEvent {}

  /** Something the user should know. */
  record Remark(String method, String text) implements RunEvent {}

  /** Something the user should know of the cluster. */
  record ClusterNote(Kind kind, String text) implements RunEvent {
    /** What it is about. */
    public enum Kind {
      /** A wait, or what may become one. */
      WAIT,
      /** A member is trained again: it hung, or its executor was lost. */
      RETRY,
      /** A member continues elsewhere, because its executor leaves. */
      HAND_BACK
    }
  }

  /** Words and numbers that a live view shows below the runs, in place of those of this title. */
  record TableChanged(LiveTable table) implements RunEvent {}

  /** The run is complete. */
  record Finished(String method, String location) implements RunEvent {}

  /** The run ended before it was complete. */
  record Failed(String method, String message) implements RunEvent {}

  /**
   * From now on this driver works in a directory.
   *
   * @param directory behind the fence of its lease
   */
  record DirectoryOpened(RunDirectory directory) implements RunEvent {}

  /**
   * This driver leaves a directory; the lease is still held.
   *
   * @param uri of the directory
   * @param done whether nothing is left to do there
   */
  record DirectoryClosed(String uri, boolean done) implements RunEvent {}
}
