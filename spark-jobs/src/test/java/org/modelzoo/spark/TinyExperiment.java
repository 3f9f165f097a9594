package org.modelzoo.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A zoo over four small generated tasks that trains in a few seconds. */
public final class TinyExperiment {
  private static final List<String> SETTINGS =
      List.of(
          "experiment.name=tiny",
          "data.set.name=tiny",
          "data.set.source.format=synthetic",
          "data.set.source.height=22",
          "data.set.source.width=22",
          "data.set.source.channels=1",
          "data.set.source.families=2",
          "data.set.source.tasks-per-family=2",
          "data.set.source.classes-per-task=2",
          "data.set.source.train-images-per-class=10",
          "data.set.source.test-images-per-class=5",
          "data.validation-share=0.2",
          "network.name=small-conv",
          "training.epochs=2",
          "training.batch-size=8",
          "zoo.mode=continual",
          "zoo.tasks-per-round=2",
          "zoo.members-per-round=2");

  private TinyExperiment() {}

  /** Command line of {@code train} or {@code validate} that writes below a directory. */
  public static String[] arguments(String command, Path output, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(command));
    SETTINGS.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(List.of("--set", "output.directory=" + output));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments.toArray(String[]::new);
  }
}
