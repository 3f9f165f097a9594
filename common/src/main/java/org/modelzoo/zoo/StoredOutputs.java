package org.modelzoo.zoo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.compaction.TaskOutputs;
import org.modelzoo.boosting.compaction.TaskOutputs.Output;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

/**
 * What the members of a run said on its images when they were trained. Runs on the driver.
 *
 * @param tasks ids of the tasks that have a member
 * @param chooseBy outputs for these tasks on the images to choose by
 * @param test outputs for these tasks on the test images
 * @param bytes of each member's model, in the order of the manifest
 */
record StoredOutputs(
    List<Integer> tasks, List<TaskOutputs> chooseBy, List<TaskOutputs> test, List<Long> bytes) {

  /**
   * Reads them.
   *
   * @param manifest of the run
   * @param split to choose by
   * @throws ModelZooException (data) if they aren't stored, or a member is damaged
   */
  static StoredOutputs read(RunDirectory run, ZooManifest manifest, Split split) {
    SortedMap<Integer, Task> chooseBy = new TreeMap<>();
    SortedMap<Integer, Task> test = new TreeMap<>();
    List<Long> bytes = new ArrayList<>();
    for (int member = 0; member < manifest.members().size(); member++) {
      String id = manifest.members().get(member).id();
      List<Block> blocks = blocks(run, id, bytes);
      for (ZooManifest.Head head : manifest.members().get(member).heads()) {
        for (Block block : blocks) {
          if (block.task() == head.task() && block.split() == split) {
            add(chooseBy, block, member, head.weight(), id);
          } else if (block.task() == head.task() && block.split() == Split.TEST) {
            add(test, block, member, head.weight(), id);
          }
        }
      }
    }
    if (chooseBy.isEmpty()) {
      throw notStored(run, split);
    }
    return new StoredOutputs(
        List.copyOf(chooseBy.keySet()), outputs(chooseBy), outputs(test), bytes);
  }

  private static List<Block> blocks(RunDirectory run, String id, List<Long> bytes) {
    MemberStore store = new MemberStore(run);
    FoundRecord<MemberStore.Member> found = store.find(id);
    if (found.record().isEmpty()) {
      throw data(
          found.damage().orElse(id + " of " + run.location() + " is missing")
              + "; give the training command again, which recreates it");
    }
    bytes.add(store.modelBytes(id));
    return found.record().get().predictions().blocks();
  }

  private static void add(
      SortedMap<Integer, Task> tasks, Block block, int member, double weight, String id) {
    Task task =
        tasks.computeIfAbsent(
            block.task(), key -> new Task(block.classes(), block.labels(), new ArrayList<>()));
    if (!Arrays.equals(task.labels(), block.labels())) {
      throw data(
          "%s was tested on other images of task %d than the members before it; train the zoo again"
              .formatted(id, block.task()));
    }
    task.outputs().add(new Output(member, weight, block.probabilities()));
  }

  private static List<TaskOutputs> outputs(SortedMap<Integer, Task> tasks) {
    return tasks.values().stream()
        .map(task -> new TaskOutputs(task.classes(), task.labels(), task.outputs()))
        .toList();
  }

  private static ModelZooException notStored(RunDirectory run, Split split) {
    String next =
        split == Split.VALIDATION
            ? "it was trained with data.validation-share = 0; train a zoo with a share above 0, or choose by training images, which flatter members that know them by heart, with --choose-by training"
            : "they are stored where zoo.signal = training; choose by validation images";
    return data(
        "the run in %s has no predictions on %s images to choose members by: %s"
            .formatted(run.location(), split.name().toLowerCase(Locale.ROOT), next));
  }

  private static ModelZooException data(String message) {
    return new ModelZooException(ErrorKind.DATA, message);
  }

  private record Task(int classes, short[] labels, List<Output> outputs) {}
}
