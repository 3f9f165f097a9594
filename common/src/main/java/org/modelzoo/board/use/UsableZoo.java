package org.modelzoo.board.use;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.board.scan.SeenEntry;
import org.modelzoo.config.ImageShape;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooManifest;

/**
 * What an entry can predict.
 *
 * @param zoo its name
 * @param image of its images
 * @param tasks that a member was trained on
 */
public record UsableZoo(String zoo, ImageShape image, List<Task> tasks) {
  public UsableZoo {
    tasks = List.copyOf(tasks);
  }

  /**
   * A task.
   *
   * @param members that predict it
   */
  public record Task(String name, List<String> classes, int members) {
    public Task {
      classes = List.copyOf(classes);
    }
  }

  /**
   * Reads what an entry can predict.
   *
   * @throws ModelZooException (data) if it holds no zoo, or a damaged one; (cluster) if the file
   *     system fails
   */
  public static UsableZoo read(SeenEntry entry, Configuration hadoop) {
    ZooManifest zoo = saved(entry, hadoop).manifest();
    return new UsableZoo(
        zoo.name(),
        zoo.image(),
        IntStream.range(0, zoo.tasks().size())
            .mapToObj(task -> task(zoo, task))
            .filter(task -> task.members() > 0)
            .toList());
  }

  private static Task task(ZooManifest zoo, int task) {
    return new Task(
        zoo.tasks().get(task).name(), zoo.tasks().get(task).classes(), zoo.membersOf(task).size());
  }

  /** The zoo of an entry, of which nothing is read yet. */
  static SavedZoo saved(SeenEntry entry, Configuration hadoop) {
    return switch (entry.kind()) {
      case RUN, BASELINE -> SavedZoo.of(entry.directory().orElseThrow());
      case ZOO -> SavedZoo.at(entry.indexed().entry().path(), hadoop);
      case SWEEP, STUDY ->
          throw new ModelZooException(
              ErrorKind.DATA,
              "a %s has no members of its own; use one of its runs, or an exported zoo"
                  .formatted(entry.kind().word()));
    };
  }
}
