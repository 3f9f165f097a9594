package org.modelzoo.config;

/** The rules between the keys of {@code zoo} and the rest. */
final class ZooRules {
  private final ModelZooConfig config;
  private final ZooConfig zoo;
  private final Section section;
  private final Problems problems;

  ZooRules(ModelZooConfig config, Section root, Problems problems) {
    this.config = config;
    this.zoo = config.zoo();
    this.section = root.child("zoo");
    this.problems = problems;
  }

  void check() {
    if (config.experiment().growsZoo()) {
      checkTasks();
      checkSignal();
    }
    checkSignalImages();
    checkRefit();
    checkMode();
  }

  private void checkTasks() {
    int tasks = config.data().set().tasks().size();
    if (!problems.concern("zoo.tasks-per-round", "data.set", "data.task-limit")
        && zoo.tasksPerRound() > tasks) {
      section.problem(
          "tasks-per-round",
          "must be at most the number of tasks, " + tasks + "; lower it, or add tasks");
    }
  }

  private void checkSignal() {
    if (!problems.concern("zoo.signal", "zoo.sampling", "data.validation-share")
        && zoo.signal() == ZooConfig.Signal.VALIDATION
        && config.data().validationShare() == 0) {
      section.problem(
          "signal",
          "needs data.validation-share above 0; raise that, or set zoo.signal = training");
    }
  }

  private void checkSignalImages() {
    if (zoo.signalImages() == ZooConfig.SignalImages.CLEAN
        || problems.concern(
            "zoo.signal-images", "zoo.signal", "data.augmentation", "training.epochs")) {
      return;
    }
    if (zoo.signal() != ZooConfig.Signal.TRAINING) {
      section.problem(
          "signal-images",
          "must be clean where zoo.signal = validation, since held-out images are never augmented;"
              + " set it to clean, or zoo.signal to training");
    } else if (!config.data().augmentation().isOn()) {
      section.problem(
          "signal-images",
          "needs data.augmentation.crop-padding above 0 or data.augmentation.horizontal-flip ="
              + " true; set one of them, or signal-images to clean");
    } else if (config.training().epochs() == 1) {
      section.problem(
          "signal-images",
          "must be clean where training.epochs = 1, since nothing is augmented in a single epoch;"
              + " set it to clean, or train for longer");
    }
  }

  private void checkRefit() {
    if (zoo.refit()
        && !problems.concern("zoo.refit", "data.validation-share")
        && config.data().validationShare() == 0) {
      section.problem(
          "refit",
          "trains on the images held out too, and data.validation-share = 0 holds out none; set it"
              + " to false");
    }
  }

  private void checkMode() {
    if (problems.concern("zoo.mode")) {
      return;
    }
    boolean continual = zoo.mode() == ZooConfig.Mode.CONTINUAL;
    if (continual && zoo.warmStart()) {
      section.problem(
          "warm-start",
          "must be false in continual mode, where later tasks are not known; set it to false");
    }
    if (!continual && zoo.replayFraction() < 1) {
      section.problem(
          "replay-fraction",
          "must be 1 in multi-task mode, where no task is old; set it to 1, or zoo.mode to"
              + " continual");
    }
  }
}
