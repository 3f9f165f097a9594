package org.modelzoo.inspection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskImages;

/** Finds equal images within each task and between tasks, which are added one after another. */
final class DuplicateSearch {
  private static final int SEVERAL = -1;

  /** Which task has a training image. */
  private final Map<ImageKey, Integer> trainTask = new HashMap<>();

  private final List<Found> found = new ArrayList<>();

  void add(TaskImages images) {
    int task = found.size();
    Map<ImageKey, Set<Short>> labels = new HashMap<>();
    int repeated = 0;
    for (LabelledImages part : List.of(images.train(), images.validation())) {
      for (int i = 0; i < part.size(); i++) {
        ImageKey key = ImageKey.of(part, i);
        repeated += labels.containsKey(key) ? 1 : 0;
        labels.computeIfAbsent(key, absent -> new HashSet<>(1)).add(part.labels()[i]);
        trainTask.merge(key, task, (one, other) -> one.equals(other) ? one : SEVERAL);
      }
    }
    List<ImageKey> test = new ArrayList<>();
    for (int i = 0; i < images.test().size(); i++) {
      test.add(ImageKey.of(images.test(), i));
    }
    found.add(
        new Found(
            repeated,
            contradicting(images, labels),
            test.size() - new HashSet<>(test).size(),
            (int) test.stream().filter(labels::containsKey).count(),
            test));
  }

  /** For each task, in the order in which they were added. */
  List<Duplicates> result() {
    List<Duplicates> result = new ArrayList<>();
    for (int task = 0; task < found.size(); task++) {
      int own = task;
      Found counts = found.get(task);
      long elsewhere =
          counts.testKeys().stream()
              .map(trainTask::get)
              .filter(other -> other != null && other != own)
              .count();
      result.add(
          new Duplicates(
              counts.train(),
              counts.contradicting(),
              counts.test(),
              counts.testInTrain(),
              (int) elsewhere));
    }
    return result;
  }

  private static int contradicting(TaskImages images, Map<ImageKey, Set<Short>> labels) {
    int contradicting = 0;
    for (LabelledImages part : List.of(images.train(), images.validation())) {
      for (int i = 0; i < part.size(); i++) {
        contradicting += labels.get(ImageKey.of(part, i)).size() > 1 ? 1 : 0;
      }
    }
    return contradicting;
  }

  /** What is known of a task before the others are. */
  private record Found(
      int train, int contradicting, int test, int testInTrain, List<ImageKey> testKeys) {}
}
