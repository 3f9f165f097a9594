package org.modelzoo.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.TaskConfig;

/**
 * Loads the images of tasks, and keeps them for the next member while there is memory; one per JVM
 * and data configuration. Runs on executors; thread-safe.
 *
 * <p>The images of a class are kept as the source has them while a task of the configuration that
 * was not loaded yet needs them. Where a source has to go through all its images anyway, it is read
 * once for all tasks: unpacking an archive for each new task takes seconds.
 *
 * <p>Unusable data is a {@code ModelZooException} of kind DATA that names the file; a thread
 * interrupted while reading gets a {@code CancellationException}.
 */
public final class TaskLoader {
  /** Loaders kept per JVM; a search over data settings would otherwise fill the memory. */
  private static final int MOST_LOADERS = 4;

  private static final Map<Key, TaskLoader> LOADERS = new LinkedHashMap<>(16, 0.75f, true);

  private final DataConfig data;
  private final ImageSource source;
  private final TaskAssembly assembly;
  private final SoftCache<TaskImages> loaded = new SoftCache<>();
  private final SoftCache<ClassImages> raw = new SoftCache<>();

  TaskLoader(DataConfig data, long seed, ImageSource source) {
    this.data = data;
    this.source = source;
    this.assembly = new TaskAssembly(data, seed);
  }

  /**
   * The loader of this JVM for this data. Touches no file.
   *
   * @param seed the experiment's; validation images, label noise and, where they are drawn, the
   *     images kept of each class derive from it
   * @param hadoop how to reach the file system of {@code data.directory}
   */
  public static TaskLoader of(DataConfig data, long seed, Configuration hadoop) {
    synchronized (LOADERS) {
      TaskLoader loader =
          LOADERS.computeIfAbsent(
              new Key(data, seed),
              key -> new TaskLoader(data, seed, ImageSources.open(data, hadoop)));
      if (LOADERS.size() > MOST_LOADERS) {
        LOADERS.remove(LOADERS.keySet().iterator().next());
      }
      return loader;
    }
  }

  /** Images of one task. */
  public TaskImages load(int task) {
    return load(List.of(task)).get(0);
  }

  /** Images of several tasks, in this order, with at most one pass over the source. */
  public List<TaskImages> load(List<Integer> tasks) {
    Map<Integer, TaskImages> images = loaded.held(tasks);
    if (!images.keySet().containsAll(tasks)) {
      images = loadMissing(tasks);
    }
    return tasks.stream().map(images::get).toList();
  }

  private synchronized Map<Integer, TaskImages> loadMissing(List<Integer> tasks) {
    Map<Integer, TaskImages> images = loaded.held(tasks);
    List<Integer> missing =
        tasks.stream().distinct().filter(task -> !images.containsKey(task)).toList();
    Map<Integer, ClassImages> classes = read(missing);
    missing.forEach(task -> images.put(task, assembly.assemble(task, classes)));
    loaded.putAll(images);
    raw.putAll(classes);
    raw.retain(classesStillNeeded());
    return images;
  }

  /** The images of every class of some tasks. */
  private Map<Integer, ClassImages> read(List<Integer> tasks) {
    Set<Integer> needed = new TreeSet<>();
    tasks.forEach(task -> needed.addAll(data.set().tasks().get(task).classes()));
    Map<Integer, ClassImages> classes = raw.held(needed);
    needed.removeAll(classes.keySet());
    if (!needed.isEmpty()) {
      if (source.readsEverything()) {
        needed.addAll(classesStillNeeded());
        needed.removeAll(classes.keySet());
      }
      classes.putAll(source.read(needed, KeptImages.mostToRead(data)));
    }
    return classes;
  }

  /** Forgets all images, as the JVM may when memory gets short. */
  void reclaim() {
    loaded.reclaim();
    raw.reclaim();
  }

  private Set<Integer> classesStillNeeded() {
    List<TaskConfig> tasks = data.set().tasks();
    return IntStream.range(0, tasks.size())
        .filter(task -> !loaded.knows(task))
        .mapToObj(tasks::get)
        .flatMap(task -> task.classes().stream())
        .collect(Collectors.toSet());
  }

  private record Key(DataConfig data, long seed) {}
}
