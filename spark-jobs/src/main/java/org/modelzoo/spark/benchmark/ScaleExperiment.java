package org.modelzoo.spark.benchmark;

import java.util.List;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;

/** A multi-task zoo of a given size, by the published algorithm's training losses. */
final class ScaleExperiment {
  static final int CLASSES = 5;
  static final int MEMBERS_PER_ROUND = 2;
  static final int TASKS_PER_MEMBER = 5;

  private ScaleExperiment() {}

  /**
   * Its configuration.
   *
   * @param images of a task, a sixth of them for testing
   * @throws org.modelzoo.base.ModelZooException (configuration) if the program has no such zoo
   */
  static LoadedConfig of(int tasks, int rounds, int images, String output) {
    int testImages = Math.max(1, images / CLASSES / 6);
    return ConfigLoader.load(
        List.of(),
        List.of(
            "experiment.name=scale",
            "data.set.name=scale",
            "data.set.source.format=synthetic",
            "data.set.source.families=1",
            "data.set.source.tasks-per-family=" + tasks,
            "data.set.source.classes-per-task=" + CLASSES,
            "data.set.source.train-images-per-class=" + Math.max(1, images / CLASSES - testImages),
            "data.set.source.test-images-per-class=" + testImages,
            "data.validation-share=0",
            "zoo.mode=multi-task",
            "zoo.signal=training",
            "zoo.rounds=" + rounds,
            "zoo.members-per-round=" + MEMBERS_PER_ROUND,
            "zoo.tasks-per-round=" + Math.min(TASKS_PER_MEMBER, tasks),
            "output.directory=\"" + output + "\""));
  }
}
