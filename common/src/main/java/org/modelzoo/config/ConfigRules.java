package org.modelzoo.config;

import java.util.List;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.Secrets;

/** The rules between keys. One is skipped while a key it needs has a problem of its own. */
final class ConfigRules {
  /** The published Permuted-MNIST has so many permutations beside the identity. */
  private static final int MOST_PUBLISHED = 4;

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
    new ZooRules(config, root, problems).check();
    new SearchRules(config, root, problems).check();
    new DataParallelRules(config.training(), root, problems).check();
    checkPrecision();
  }

  private void checkPrecision() {
    Precision precision = config.training().precision();
    if (problems.concern("training.precision", "network.engine", "cluster.gpus-per-member")
        || precision == Precision.FLOAT32) {
      return;
    }
    if (config.network().engine() == EngineChoice.DL4J) {
      problem(
          "training",
          "precision",
          "must be float32 with the engine dl4j; change it, or set network.engine = torch");
    } else if (precision == Precision.TENSOR_FLOAT32 && config.cluster().gpusPerMember() == 0) {
      problem(
          "training",
          "precision",
          "needs a GPU to be tensor-float32; set cluster.gpus-per-member, or choose another precision");
    }
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
    if (config.methods().contains(Method.ISOLATED_ENSEMBLE) && !experiment.growsZoo()) {
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
    if (!problems.concern("data.images-per-class", "data.images-per-class-choice")
        && config.data().imageChoice() == DataConfig.ImageChoice.SEEDED
        && config.data().imagesPerClass() == 0) {
      problem(
          "data",
          "images-per-class-choice",
          "can't be seeded where data.images-per-class is 0 and keeps all images; set that, or first");
    }
    if (!problems.concern("data.permutation", "data.set")
        && config.data().permutation() == DataConfig.Permutation.PUBLISHED) {
      checkPublishedPermutations();
    }
  }

  private void checkPublishedPermutations() {
    TaskSetConfig set = config.data().set();
    List<TaskConfig> permuted =
        set.tasks().stream().filter(task -> task.permutationSeed() != 0).toList();
    ImageShape shape = set.source().shape();
    if (!permuted.isEmpty() && !shape.equals(new SourceConfig.Mnist().shape())) {
      problem(
          "data",
          "permutation",
          "can't be published for images of %s, only for those of MNIST, 28×28×1; set it to seeded"
              .formatted(shape));
    }
    permuted.stream()
        .filter(task -> task.permutationSeed() < 0 || task.permutationSeed() > MOST_PUBLISHED)
        .findFirst()
        .ifPresent(
            task ->
                problem(
                    "data",
                    "permutation",
                    "needs a permutation-seed from 0 to %d in every task, and task %s has %d; choose one of these, or set data.permutation to seeded"
                        .formatted(MOST_PUBLISHED, task.name(), task.permutationSeed())));
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

  private void problem(String section, String name, String rule) {
    root.child(section).problem(name, rule);
  }
}
