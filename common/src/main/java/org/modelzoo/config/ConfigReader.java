package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the merged configuration into the typed one, key by key. */
final class ConfigReader {
  private static final int MOST = Integer.MAX_VALUE;
  private static final int MOST_THREADS = 1024;
  private static final int MOST_PADDING = 64;
  private static final int MOST_ATTEMPTS = 100;
  private static final int MOST_LOOKAHEAD = 1024;
  private static final int MOST_WORKERS = 1024;
  private static final int MOST_WEIGHT = 1000;
  private static final int MOST_LEVELS = 10;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
  private static final Pattern WIDE_RESNET = Pattern.compile("wrn-([0-9]{1,4})-([0-9]{1,3})");
  private static final Config NONE = ConfigFactory.empty();

  private final Section root;
  private final TaskSetReader taskSets;

  /**
   * @param defaults reference.conf, for the defaults of sources and tasks
   */
  ConfigReader(Section root, Config defaults, Problems problems) {
    this.root = root;
    this.taskSets = new TaskSetReader(defaults, problems);
  }

  ModelZooConfig read() {
    return new ModelZooConfig(
        experiment(root.section("experiment", NONE)),
        data(root.section("data", NONE)),
        network(root.section("network", NONE)),
        training(root.section("training", NONE)),
        zoo(root.section("zoo", NONE)),
        new ReplayConfig(root.section("replay", NONE).wholeNumber("images", 0, MOST)),
        SearchReader.read(root.section("search", NONE)),
        cluster(root.section("cluster", NONE)),
        output(root.section("output", NONE)),
        TrackersReader.read(root.section("trackers", NONE)));
  }

  private static ExperimentConfig experiment(Section section) {
    String name =
        section.text(
            "name",
            text -> NAME.matcher(text).matches(),
            "must name a directory: letters, digits, '.', '_' and '-', no leading dot, at most 128"
                + " characters; rename it");
    long seed = section.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    Method method = section.choice("method", Method.CHOICES);
    // A file may list the method that the command line chooses: it runs anyway, once.
    List<Method> baselines =
        section.choices("baselines", Method.CHOICES).stream().filter(it -> it != method).toList();
    return new ExperimentConfig(name, seed, method, baselines);
  }

  private DataConfig data(Section section) {
    String directory = section.text("directory");
    int limit = section.wholeNumber("task-limit", 0, MOST);
    TaskSetConfig set = taskSets.read(section.section("set", NONE));
    if (limit > set.tasks().size() && !set.tasks().isEmpty()) {
      section.problem(
          "task-limit",
          "must be at most the number of tasks, "
              + set.tasks().size()
              + "; lower it, or set 0 for all tasks");
    } else if (limit > 0) {
      set = new TaskSetConfig(set.name(), set.source(), limited(set.tasks(), limit));
    }
    Section rotation = section.section("rotation", NONE);
    Section augmentation = section.section("augmentation", NONE);
    Section normalisation = section.section("normalisation", NONE);
    return new DataConfig(
        directory,
        set,
        section.wholeNumber("images-per-class", 0, MOST),
        section.choice("images-per-class-choice", DataConfig.ImageChoice.class),
        section.number("validation-share", Range.SHARE_BELOW_ONE),
        rotation.choice("interpolation", DataConfig.Interpolation.class),
        section.choice("permutation", DataConfig.Permutation.class),
        new AugmentationConfig(
            augmentation.wholeNumber("crop-padding", 0, MOST_PADDING),
            augmentation.flag("horizontal-flip")),
        new NormalisationConfig(
            normalisation.number("mean", Range.ANY),
            normalisation.number("deviation", Range.POSITIVE)));
  }

  private static List<TaskConfig> limited(List<TaskConfig> tasks, int limit) {
    return List.copyOf(tasks.subList(0, Math.min(limit, tasks.size())));
  }

  private static NetworkConfig network(Section section) {
    String name =
        section.text(
            "name",
            ConfigReader::isNetwork,
            "must be small-conv, or wrn-<depth>-<width> with depth = 6n + 4 from 10 to 9994 and width"
                + " from 1 to 999, such as wrn-16-4; choose one of them");
    return new NetworkConfig(
        name,
        section.number("dropout", Range.SHARE_BELOW_ONE),
        section.choice("engine", EngineChoice.class));
  }

  private static boolean isNetwork(String name) {
    Matcher wideResNet = WIDE_RESNET.matcher(name);
    if (!wideResNet.matches()) {
      return name.equals("small-conv");
    }
    int depth = Integer.parseInt(wideResNet.group(1));
    return depth >= 10 && depth % 6 == 4 && Integer.parseInt(wideResNet.group(2)) >= 1;
  }

  private static TrainingConfig training(Section section) {
    return new TrainingConfig(
        section.wholeNumber("epochs", 1, MOST),
        section.wholeNumber("batch-size", 1, MOST),
        section.number("learning-rate", Range.POSITIVE),
        section.choice("schedule", TrainingConfig.Schedule.class),
        section.number("momentum", Range.SHARE_BELOW_ONE),
        section.number("weight-decay", Range.NOT_NEGATIVE),
        section.choice("precision", Precision.class),
        section.wholeNumber("checkpoint-every", 0, MOST),
        section.wholeNumber("evaluate-every", 0, MOST),
        dataParallel(section.section("data-parallel", NONE)));
  }

  private static DataParallelConfig dataParallel(Section section) {
    return new DataParallelConfig(
        section.wholeNumber("workers", 0, MOST_WORKERS),
        section.wholeNumber("averaging-frequency", 1, MOST),
        section.wholeNumber("batch-per-worker", 0, MOST),
        section.wholeNumber("aggregation-depth", 1, MOST_LEVELS),
        section.flag("average-optimiser-state"));
  }

  private static ZooConfig zoo(Section section) {
    return new ZooConfig(
        section.choice("mode", ZooConfig.Mode.class),
        section.wholeNumber("rounds", 1, MOST),
        section.wholeNumber("tasks-per-round", 1, MOST),
        section.wholeNumber("members-per-round", 1, MOST),
        section.choice("sampling", ZooConfig.Sampling.class),
        section.choice("signal", ZooConfig.Signal.class),
        section.choice("signal-images", ZooConfig.SignalImages.class),
        section.choice("weight-mean", ZooConfig.WeightMean.class),
        section.flag("warm-start"),
        section.number("replay-fraction", Range.SHARE_ABOVE_ZERO),
        section.wholeNumber("lookahead", 0, MOST_LOOKAHEAD),
        section.flag("refit"));
  }

  private static ClusterConfig cluster(Section section) {
    return new ClusterConfig(
        section.wholeNumber("threads-per-member", 1, MOST_THREADS),
        section.number("gpus-per-member", Range.PART_OR_WHOLE),
        section.wholeNumber("members-at-once", 0, MOST),
        section.duration("member-time-limit"),
        section.wholeNumber("member-attempts", 1, MOST_ATTEMPTS),
        section.duration("executor-time-limit"),
        section.wholeNumber("weight", 1, MOST_WEIGHT));
  }

  private static OutputConfig output(Section section) {
    return new OutputConfig(
        section.text(
            "directory",
            text -> !text.isBlank(),
            "must be the URI of a directory; set it, for example to runs"));
  }
}
