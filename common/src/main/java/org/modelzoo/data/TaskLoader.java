package org.modelzoo.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.TaskConfig;

/**
 * Loads the images of tasks, and keeps them for the next member; one per JVM and data
 * configuration. Runs on executors; thread-safe.
 *
 * <p>Only the classes of the tasks asked for are kept. The images of a class are kept a second
 * time, as the source has them, only while another task of the configuration still needs them.
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
  private final Map<Integer, TaskImages> loaded = new ConcurrentHashMap<>();
  private final Map<Integer, ClassImages> raw = new HashMap<>();

  TaskLoader(DataConfig data, long seed, ImageSource source) {
    this.data = data;
    this.source = source;
    this.assembly = new TaskAssembly(data, seed);
  }

  /**
   * The loader of this JVM for this data. Touches no file.
   *
   * @param seed the experiment's; validation images and label noise derive from it
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
    if (!loaded.keySet().containsAll(tasks)) {
      loadMissing(tasks);
    }
    return tasks.stream().map(loaded::get).toList();
  }

  private synchronized void loadMissing(List<Integer> tasks) {
    List<Integer> missing = tasks.stream().distinct().filter(t -> !loaded.containsKey(t)).toList();
    Set<Integer> unread = new TreeSet<>();
    for (int task : missing) {
      unread.addAll(data.set().tasks().get(task).classes());
    }
    unread.removeAll(raw.keySet());
    if (!unread.isEmpty()) {
      raw.putAll(source.read(unread, trainLimit(data)));
    }
    List<TaskImages> assembled = new ArrayList<>();
    missing.forEach(task -> assembled.add(assembly.assemble(task, raw)));
    for (int i = 0; i < missing.size(); i++) {
      loaded.put(missing.get(i), assembled.get(i));
    }
    raw.keySet().retainAll(classesStillNeeded());
  }

  private Set<Integer> classesStillNeeded() {
    List<TaskConfig> tasks = data.set().tasks();
    return IntStream.range(0, tasks.size())
        .filter(task -> !loaded.containsKey(task))
        .mapToObj(tasks::get)
        .flatMap(task -> task.classes().stream())
        .collect(Collectors.toSet());
  }

  static int trainLimit(DataConfig data) {
    return data.imagesPerClass() == 0 ? Integer.MAX_VALUE : data.imagesPerClass();
  }

  private record Key(DataConfig data, long seed) {}
}
