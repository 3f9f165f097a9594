package org.modelzoo.config;

import org.modelzoo.base.KebabCase;
import org.modelzoo.base.Secrets;

/** The rules between keys. One is skipped while a key it needs has a problem of its own. */
final class ConfigRules {
  private final ModelZooConfig config;
  private final Section root;
  private final Problems problems;

  ConfigRules(ModelZooConfig config, Section root, Problems problems) {
    this.config = config;
    this.root = root;
    this.problems = problems;
  }

  void check() {
    checkMethods();
    checkData();
    checkPassword("data", config.data().directory());
    checkPassword("output", config.output().directory());
    checkZoo();
    new SearchRules(config, root, problems).check();
    new DataParallelRules(config.training(), root, problems).check();
  }

  private void checkMethods() {
    ExperimentConfig experiment = config.experiment();
    if (problems.concern("experiment.baselines")) {
      return;
    }
    if (experiment.baselines().stream().distinct().count() < experiment.baselines().size()) {
      problem("experiment", "baselines", "must not hold a method twice; remove the repetition");
    }
    if (problems.concern("experiment.method")) {
      return;
    }
    if (experiment.method() == Method.REFIT || experiment.baselines().contains(Method.REFIT)) {
      problem(
          "experiment",
          experiment.method() == Method.REFIT ? "method" : "baselines",
          "must not be refit, which follows a zoo; set zoo.refit = true instead");
    }
    if (config.methods().contains(Method.ISOLATED_ENSEMBLE) && !growsZoo()) {
      problem(
          "experiment",
          "method",
          "needs the zoo of the same experiment beside isolated-ensemble, to have as many members; set method = zoo and baselines = [isolated-ensemble]");
    }
    for (Method method : config.methods()) {
      if (method.isSequential() && config.training().dataParallel().isOn()) {
        problem(
            "experiment",
            experiment.method() == method ? "method" : "baselines",
            KebabCase.of(method)
                + " continues one network on one executor; set training.data-parallel.workers = 0");
      }
    }
  }

  private void checkData() {
    boolean generated = config.data().set().source() instanceof SourceConfig.Synthetic;
    if (!problems.concern("data.directory", "data.set.source")
        && !generated
        && config.data().directory().isBlank()) {
      problem(
          "data",
          "directory",
          "must say where the images are; set it to the URI of their directory, or use"
              + " data.set.source.format = synthetic");
    }
    if (!problems.concern("data.images-per-class", "data.validation-share")
        && config.data().imagesPerClass() == 1
        && config.data().validationShare() > 0) {
      problem(
          "data",
          "images-per-class",
          "must be at least 2, or 0 for all images, where data.validation-share is above 0, since"
              + " one image of each class is held out; raise it, or set data.validation-share = 0");
    }
  }

  /** The effective configuration is stored, shown and sent around. */
  private void checkPassword(String section, String directory) {
    if (Secrets.isRevealedBy(directory)) {
      root.child(section)
          .problemOfSecret(
              "directory",
              "must not hold a password; remove user and password from the URI, and give them to"
                  + " Hadoop, for example as spark.hadoop.fs.s3a.access.key and"
                  + " spark.hadoop.fs.s3a.secret.key, or by hadoop.security.credential.provider.path");
    }
  }

  private void checkZoo() {
    ZooConfig zoo = config.zoo();
    int tasks = config.data().set().tasks().size();
    if (growsZoo()
        && !problems.concern("zoo.tasks-per-round", "data.set", "data.task-limit")
        && zoo.tasksPerRound() > tasks) {
      problem(
          "zoo",
          "tasks-per-round",
          "must be at most the number of tasks, " + tasks + "; lower it, or add tasks");
    }
    if (growsZoo()
        && !problems.concern("zoo.signal", "zoo.sampling", "data.validation-share")
        && zoo.signal() == ZooConfig.Signal.VALIDATION
        && config.data().validationShare() == 0) {
      problem(
          "zoo",
          "signal",
          "needs data.validation-share above 0; raise that, or set zoo.signal = training");
    }
    if (zoo.refit()
        && !problems.concern("zoo.refit", "data.validation-share")
        && config.data().validationShare() == 0) {
      problem(
          "zoo",
          "refit",
          "trains on the images held out too, and data.validation-share = 0 holds out none; set refit = false");
    }
    if (problems.concern("zoo.mode")) {
      return;
    }
    boolean continual = zoo.mode() == ZooConfig.Mode.CONTINUAL;
    if (continual && zoo.warmStart()) {
      problem(
          "zoo",
          "warm-start",
          "must be false in continual mode, where later tasks are not known; set it to false");
    }
    if (!continual && zoo.replayFraction() < 1) {
      problem(
          "zoo",
          "replay-fraction",
          "must be 1 in multi-task mode, where no task is old; set it to 1, or zoo.mode to"
              + " continual");
    }
  }

  private boolean growsZoo() {
    return config.methods().contains(Method.ZOO);
  }

  private void problem(String section, String name, String rule) {
    root.child(section).problem(name, rule);
  }
}
