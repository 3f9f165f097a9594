package org.modelzoo.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.data.DataCheck;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskImages;
import org.modelzoo.data.TaskLoader;

/**
 * What is in a data set, task by task: the images that members would be trained and measured on.
 * Runs on the driver.
 *
 * @param formatVersion of the JSON file
 * @param fingerprint of {@link DataCheck}
 */
public record DataInspection(
    int formatVersion,
    String name,
    ImageShape shape,
    String fingerprint,
    List<TaskInspection> tasks) {
  private static final int FORMAT_VERSION = 1;

  /**
   * Reads the images of every task once.
   *
   * @param seed the experiment's; validation images and label noise derive from it
   * @param sheets is given the contact sheet of each task, by its index
   * @throws org.modelzoo.base.ModelZooException of kind DATA
   */
  public static DataInspection of(
      DataConfig data, long seed, Configuration hadoop, ObjIntConsumer<ContactSheet> sheets) {
    CheckedData checked = DataCheck.check(data, hadoop);
    TaskLoader loader = TaskLoader.of(data, seed, hadoop);
    DuplicateSearch search = new DuplicateSearch();
    List<TaskInspection> inspections = new ArrayList<>();
    List<TaskConfig> tasks = data.set().tasks();
    for (int task = 0; task < tasks.size(); task++) {
      TaskImages images = loader.load(task);
      search.add(images);
      TaskInspection inspection = inspect(tasks.get(task), checked.classNames(), images);
      inspections.add(inspection);
      sheets.accept(new ContactSheet(inspection, images), task);
    }
    return new DataInspection(
        FORMAT_VERSION,
        data.set().name(),
        data.set().source().shape(),
        checked.fingerprint(),
        with(search.result(), inspections));
  }

  private static TaskInspection inspect(
      TaskConfig task, List<String> classNames, TaskImages images) {
    List<ClassCounts> classes = new ArrayList<>();
    int[] train = counts(images.train(), task.classes().size());
    int[] validation = counts(images.validation(), task.classes().size());
    int[] test = counts(images.test(), task.classes().size());
    for (int label = 0; label < task.classes().size(); label++) {
      int sourceClass = task.classes().get(label);
      classes.add(
          new ClassCounts(
              sourceClass,
              classNames.get(sourceClass),
              train[label],
              validation[label],
              test[label]));
    }
    return new TaskInspection(
        task.name(),
        classes,
        ChannelStatistics.of(List.of(images.train(), images.validation())),
        Duplicates.NONE);
  }

  private static int[] counts(LabelledImages images, int classes) {
    int[] counts = new int[classes];
    for (short label : images.labels()) {
      counts[label]++;
    }
    return counts;
  }

  private static List<TaskInspection> with(
      List<Duplicates> duplicates, List<TaskInspection> inspections) {
    List<TaskInspection> complete = new ArrayList<>();
    for (int task = 0; task < inspections.size(); task++) {
      TaskInspection found = inspections.get(task);
      complete.add(
          new TaskInspection(
              found.name(), found.classes(), found.channels(), duplicates.get(task)));
    }
    return complete;
  }
}
