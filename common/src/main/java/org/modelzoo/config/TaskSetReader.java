package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads {@code data.set}: a source of images and the tasks its classes are cut into. */
final class TaskSetReader {
  private static final int MOST_TASKS = 100_000;

  private final Config taskDefaults;
  private final SourceReader sources;
  private final Problems problems;

  /**
   * @param defaults reference.conf, with {@code source-defaults} and {@code task-defaults}
   */
  TaskSetReader(Config defaults, Problems problems) {
    this.taskDefaults = defaults.getConfig("task-defaults");
    this.sources = new SourceReader(defaults.getConfig("source-defaults"));
    this.problems = problems;
  }

  TaskSetConfig read(Section set) {
    String name = set.text("name", text -> !text.isBlank(), "must not be empty; name the task set");
    SourceConfig source = sources.read(set.section("source", ConfigFactory.empty()));
    List<Section> written = set.sections("tasks", taskDefaults);
    int classesPerTask = set.wholeNumber("classes-per-task", 0, Integer.MAX_VALUE);
    int numberOfTasks = set.wholeNumber("number-of-tasks", 0, MOST_TASKS);
    if (problems.concern(
        set.key("source"), set.key("classes-per-task"), set.key("number-of-tasks"))) {
      written.forEach(task -> task(task, -1));
      return new TaskSetConfig(name, source, List.of());
    }
    if (source instanceof SourceConfig.Synthetic synthetic) {
      return new TaskSetConfig(name, source, generated(set, synthetic));
    }
    if (written.isEmpty()) {
      return new TaskSetConfig(
          name, source, consecutive(set, source, classesPerTask, numberOfTasks));
    }
    for (String other : List.of("classes-per-task", "number-of-tasks")) {
      if (set.isSet(other)) {
        set.problem(other, "must be 0 where data.set.tasks lists the tasks; remove one of the two");
      }
    }
    return new TaskSetConfig(name, source, listed(written, source.classes()));
  }

  private List<TaskConfig> listed(List<Section> written, int classes) {
    Set<String> names = new HashSet<>();
    List<TaskConfig> tasks = new ArrayList<>();
    for (Section section : written) {
      TaskConfig task = task(section, classes);
      if (!names.add(task.name()) && !task.name().isBlank()) {
        section.problem("name", "must be the name of one task only; rename one of them");
      }
      tasks.add(task);
    }
    return List.copyOf(tasks);
  }

  private static TaskConfig task(Section section, int classes) {
    String name = section.text("name", text -> !text.isBlank(), "must not be empty; name the task");
    List<Integer> labels = section.wholeNumbers("classes", 0);
    Set<Integer> distinct = new HashSet<>(labels);
    if (distinct.size() < labels.size()) {
      section.problem("classes", "must not hold a class twice; remove the repetition");
    } else if (labels.size() < 2) {
      section.problem("classes", "must hold at least two classes; add some");
    }
    if (classes > 0 && labels.stream().anyMatch(label -> label >= classes)) {
      section.problem(
          "classes", "must be from 0 to " + (classes - 1) + ", the labels of the source; fix them");
    }
    return new TaskConfig(
        name,
        labels,
        section.number("rotation", Range.ANY),
        section.wholeNumber("permutation-seed", Long.MIN_VALUE, Long.MAX_VALUE),
        section.number("label-noise", Range.SHARE),
        noisyClasses(section, labels));
  }

  private static List<Integer> noisyClasses(Section section, List<Integer> labels) {
    List<Integer> noisy = section.wholeNumbers("noisy-classes", 0);
    if (!Set.copyOf(labels).containsAll(noisy)) {
      section.problem("noisy-classes", "must be classes of the task; remove the others");
    } else if (!noisy.isEmpty() && !section.isSet("label-noise")) {
      section.problem(
          "noisy-classes", "needs label-noise above 0; set it, 1 for random labels alone");
    }
    return noisy;
  }

  private static List<TaskConfig> consecutive(
      Section set, SourceConfig source, int classesPerTask, int numberOfTasks) {
    int classes = source.classes();
    if (classesPerTask < 2) {
      set.problem(
          "classes-per-task",
          "must be at least 2 where data.set.tasks is empty; set it, or list the tasks");
      return List.of();
    }
    if (numberOfTasks == 0 && (classes < 0 || classes % classesPerTask != 0)) {
      String why =
          classes < 0
              ? "the files alone tell how many classes there are"
              : classes + " classes do not divide into tasks of " + classesPerTask;
      set.problem("number-of-tasks", "must be set, because " + why + "; set it");
      return List.of();
    }
    int count = numberOfTasks == 0 ? classes / classesPerTask : numberOfTasks;
    if (classes > 0 && (long) count * classesPerTask > classes) {
      set.problem(
          "number-of-tasks",
          "must be at most " + classes / classesPerTask + " with the source's classes; lower it");
      return List.of();
    }
    return IntStream.range(0, count)
        .mapToObj(task -> task * classesPerTask)
        .map(
            first ->
                plain(
                    "classes-" + first + "-" + (first + classesPerTask - 1), first, classesPerTask))
        .toList();
  }

  /** One task of each family in turn, so that the first tasks of a continual run cover them all. */
  private static List<TaskConfig> generated(Section set, SourceConfig.Synthetic source) {
    for (String name : List.of("tasks", "classes-per-task", "number-of-tasks")) {
      if (set.isSet(name)) {
        set.problem(
            name,
            "must not be set for generated data, which brings its own tasks; remove it, and use the"
                + " keys of data.set.source");
      }
    }
    List<TaskConfig> tasks = new ArrayList<>();
    for (int task = 0; task < source.tasksPerFamily(); task++) {
      for (int family = 0; family < source.families(); family++) {
        String name = "family-" + (family + 1) + "-task-" + (task + 1);
        tasks.add(plain(name, tasks.size() * source.classesPerTask(), source.classesPerTask()));
      }
    }
    return List.copyOf(tasks);
  }

  private static TaskConfig plain(String name, int firstClass, int classes) {
    List<Integer> labels = IntStream.range(firstClass, firstClass + classes).boxed().toList();
    return TaskConfig.plain(name, labels);
  }
}
