package org.modelzoo.spark.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.config.ZooConfig;
import org.modelzoo.config.ZooConfig.Mode;
import org.modelzoo.data.CheckedData;
import org.modelzoo.data.DataCheck;

/**
 * Whether a zoo is what a run with further tasks would have trained itself in its first rounds.
 * Everything that results depend on must be the same, but for the tasks that follow.
 */
final class BaseFit {
  private final String location;
  private final LoadedConfig base;
  private final LoadedConfig extended;

  /**
   * @param location of the base, for messages
   */
  BaseFit(String location, LoadedConfig base, LoadedConfig extended) {
    this.location = location;
    this.base = base;
    this.extended = extended;
  }

  /**
   * @throws ModelZooException (configuration) naming all differences
   */
  void require() {
    if (extended.values().experiment().method() != Method.ZOO
        || extended.values().zoo().mode() != Mode.CONTINUAL) {
      throw configuration(
          "--zoo adds tasks to a continual zoo; set experiment.method = zoo and zoo.mode = continual");
    }
    List<String> differences = new ArrayList<>();
    RunOpening.differences(base, extended).stream().filter(this::counts).forEach(differences::add);
    List<TaskConfig> old = tasks(base);
    List<TaskConfig> all = tasks(extended);
    for (int task = 0; task < Math.min(old.size(), all.size()); task++) {
      if (!old.get(task).equals(all.get(task))) {
        differences.add(
            "task %d: %s → %s".formatted(task, text(old.get(task)), text(all.get(task))));
      }
    }
    if (!differences.isEmpty()) {
      throw configuration(
          "the zoo in %s was trained with another configuration:%n  %s%ngive it the same one with further tasks behind its own"
              .formatted(location, String.join("\n  ", differences)));
    }
    if (all.size() <= old.size()) {
      throw configuration(
          "the zoo in %s has %d tasks, and the configuration has %d: there is none to add; raise data.task-limit, or list further tasks"
              .formatted(location, old.size(), all.size()));
    }
  }

  /** Tasks are compared one by one; the keys that make them may differ. */
  private boolean counts(String difference) {
    boolean ofTasks =
        (difference.startsWith("data.set.") && !difference.startsWith("data.set.source."))
            || difference.startsWith("data.set.source.tasks-per-family:")
            || difference.startsWith("data.task-limit:");
    boolean ofLaterMembers = difference.startsWith("zoo.tasks-per-round:") && wholeSoFar();
    return !ofTasks && !ofLaterMembers;
  }

  /** While there are no more than b tasks, each member has all of them, whatever b is. */
  private boolean wholeSoFar() {
    ZooConfig zoo = extended.values().zoo();
    return tasks(base).size() <= Math.min(zoo.tasksPerRound(), base.values().zoo().tasksPerRound());
  }

  /**
   * The fingerprint of the base's part of the data as it is now.
   *
   * @param classes names of the base's classes; null where an older program trained it
   * @param data of the run
   */
  String dataFingerprint(List<String> classes, CheckedData data, Configuration hadoop) {
    DataConfig before = base.values().data();
    DataConfig now = extended.values().data();
    if (!before.set().source().equals(now.set().source())) {
      // Of generated images more tasks make another source, whose first images are the same.
      return DataCheck.check(before, hadoop).fingerprint();
    }
    boolean grown = classes != null && classes.size() < data.classNames().size();
    return grown && data.classNames().subList(0, classes.size()).equals(classes)
        ? DataCheck.fingerprintOfFirst(classes.size(), now, hadoop)
        : data.fingerprint();
  }

  private static List<TaskConfig> tasks(LoadedConfig config) {
    return config.values().data().set().tasks();
  }

  private static String text(TaskConfig task) {
    TaskConfig plain = TaskConfig.plain(task.name(), task.classes());
    return task.equals(plain)
        ? "%s %s".formatted(task.name(), task.classes())
        : "%s %s, rotation %s, permutation-seed %s, label-noise %s, noisy-classes %s"
            .formatted(
                task.name(),
                task.classes(),
                task.rotation(),
                task.permutationSeed(),
                task.labelNoise(),
                task.noisyClasses());
  }

  private static ModelZooException configuration(String message) {
    return new ModelZooException(ErrorKind.CONFIGURATION, message);
  }
}
