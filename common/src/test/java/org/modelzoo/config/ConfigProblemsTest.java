package org.modelzoo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ModelZooException;

/** Every rule with the text its violation is reported with. */
class ConfigProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "experiment.name = .hidden | must name a directory: letters, digits",
        "experiment.name = a/b | must name a directory",
        "experiment.name = .. | must name a directory",
        "experiment.name = ../elsewhere | must name a directory",
        "experiment.name = /elsewhere | must name a directory",
        "zoo.weight-mean = every | must be one of seen, all; choose one",
        "zoo.lookahead = -1 | must be a whole number from 0 to 1024",
        "zoo.lookahead = 1025 | must be a whole number from 0 to 1024",
        "experiment.name = \"\" | must name a directory",
        "experiment.name = [a] | must be a single text; put it in quotes",
        "experiment.seed = 1.5 | must be a whole number of 64 bits",
        "experiment.seed = 99999999999999999999 | must be a whole number of 64 bits",
        "experiment.method = multihead | must be one of zoo, isolated, multi-head,"
            + " isolated-ensemble, fine-tuning, replay; did you mean multi-head?",
        "experiment.method = forest | must be one of zoo, isolated, multi-head,"
            + " isolated-ensemble, fine-tuning, replay; choose one",
        "experiment.baselines = [isolate] | must be one of zoo, isolated, multi-head,"
            + " isolated-ensemble, fine-tuning, replay; did you mean isolated?",
        "experiment.baselines = isolated | must be a list; put it in square brackets",
        "experiment.baselines = [isolated, isolated] | must not hold a method twice",
        "data.task-limit = 7 | must be at most the number of tasks, 6; lower it, or set 0",
        "data.task-limit = -1 | must be a whole number of at least 0",
        "data.images-per-class = -1 | must be a whole number of at least 0",
        "data.images-per-class = 1 | must be at least 2, or 0 for all images",
        "data.images-per-class-choice = seeded | can't be seeded where data.images-per-class is 0",
        "data.images-per-class-choice = random | must be one of first, seeded; choose one",
        "data.rotation.interpolation = linear | must be one of nearest, bilinear; did you mean"
            + " bilinear?",
        "data.permutation = publish | must be one of published, seeded; did you mean published?",
        "data.validation-share = 1 | must be a number of at least 0 and below 1",
        "data.augmentation.crop-padding = 65 | must be a whole number from 0 to 64",
        "data.augmentation.horizontal-flip = maybe | must be one of true, false; choose one",
        "data.normalisation.mean = NaN | must be a finite number",
        "data.normalisation.deviation = 0 | must be a number above 0",
        "data.set.name = \" \" | must not be empty; name the task set",
        "data.set.source.noise = -0.1 | must be a number of at least 0",
        "data.set.source.classes-per-task = 21 | must be a whole number from 2 to 20",
        "data.set.source.families = 0 | must be a whole number from 1 to 32767",
        "data.set.source.families = 32767 | must be at most 32767 classes; lower one of them",
        "data.set.source.height = 4 | must be a whole number from 8 to 1024",
        "data.set.source.channels = 2 | must be 1 (grey) or 3 (red, green, blue); choose one",
        "data.set.source.train-share = 0.5 | is a key of format image-folder, not of synthetic",
        "data.set.source.hight = 28 | unknown key; did you mean data.set.source.height?",
        "data.set.classes-per-task = 2 | must not be set for generated data",
        "network.name = wrn-15-4 | must be small-conv, or wrn-<depth>-<width> with depth = 6n + 4",
        "network.name = wrn-4-4 | must be small-conv, or wrn-<depth>-<width>",
        "network.name = wrn-16-0 | must be small-conv, or wrn-<depth>-<width>",
        "network.name = wrn-16-1000 | must be small-conv, or wrn-<depth>-<width>",
        "network.dropout = 1 | must be a number of at least 0 and below 1",
        "training.epochs = 0 | must be a whole number of at least 1; change it",
        "training.epochs = 2.5 | must be a whole number of at least 1; change it",
        "training.epochs = many | must be a whole number of at least 1; change it",
        "training.batch-size = 0 | must be a whole number of at least 1",
        "training.data-parallel.workers = -1 | must be a whole number from 0 to 1024",
        "training.data-parallel.workers = 3 | must cut training.batch-size, 32, into equal shares of"
            + " at least 2 images",
        "training.data-parallel.workers = 32 | must cut training.batch-size, 32, into equal shares",
        "training.data-parallel.averaging-frequency = 0 | must be a whole number of at least 1",
        "training.data-parallel.aggregation-depth = 11 | must be a whole number from 1 to 10",
        "training.data-parallel.worker = 2 | unknown key; did you mean training.data-parallel.workers?",
        "training.data-parallel { workers = 3, batch-per-worker = 1 } | must be 0 or at least 2",
        "training.learning-rate = 0 | must be a number above 0",
        "training.learning-rate = 1e999 | must be a finite number above 0",
        "training.schedule = cosin | must be one of constant, cosine; did you mean cosine?",
        "training.momentum = 1 | must be a number of at least 0 and below 1",
        "training.weight-decay = -1 | must be a number of at least 0",
        "training.checkpoint-every = -1 | must be a whole number of at least 0",
        "training.evaluate-every = -1 | must be a whole number of at least 0",
        "zoo.mode = multitask | must be one of multi-task, continual; did you mean multi-task?",
        "zoo.rounds = 0 | must be a whole number of at least 1",
        "zoo.tasks-per-round = 0 | must be a whole number of at least 1",
        "zoo.tasks-per-round = 7 | must be at most the number of tasks, 6; lower it, or add tasks",
        "zoo.members-per-round = 0 | must be a whole number of at least 1",
        "zoo.replay-fraction = 0 | must be a number above 0 and at most 1",
        "zoo.replay-fraction = 0.5 | must be 1 in multi-task mode, where no task is old",
        "cluster.threads-per-member = 0 | must be a whole number from 1 to 1024",
        "cluster.gpus-per-member = -1 | must be a number, whole (at most 1024) or 1/n of a GPU: 0.5, 0.33, 0.25",
        "cluster.gpus-per-member = 0.3 | must be a number, whole (at most 1024) or 1/n of a GPU: 0.5, 0.33, 0.25",
        "training.precision = bfloat17 | must be one of float32, tensor-float32, bfloat16, float16; did you mean bfloat16?",
        "training.precision = tensor-float32 | needs a GPU to be tensor-float32; set cluster.gpus-per-member",
        "cluster.gpus-per-member = 0.6 | must be a number, whole (at most 1024) or 1/n of a GPU: 0.5, 0.33, 0.25",
        "cluster.gpus-per-member = 1.5 | must be a number, whole (at most 1024) or 1/n of a GPU: 0.5, 0.33, 0.25",
        "cluster.members-at-once = -1 | must be a whole number of at least 0",
        "cluster.member-time-limit = -1s | must be a time from 0s to 365d, such as 90s, 10m or 2h",
        "cluster.member-time-limit = soon | must be a time from 0s to 365d",
        "cluster.member-attempts = 0 | must be a whole number from 1 to 100",
        "cluster.executor-time-limit = 366d | must be a time from 0s to 365d",
        "output.directory = \"\" | must be the URI of a directory",
        "data = 5 | must be a section { … }; write its keys inside",
        "zoo = null | must be a section { … }; write its keys inside",
        "training = 5 | must be a section { … }; write its keys inside",
      })
  void aBadValueIsReportedWithItsKeyValueAndRule(String line, String rule) {
    String key = line.substring(0, line.indexOf(' '));

    assertThat(problems(line)).singleElement().asString().contains(key).contains(rule);
  }

  @Test
  void theLineSaysWhereTheValueStands() {
    assertThat(problems("training {\n  epochs = 0\n}"))
        .containsExactly(
            "training.epochs = 0 (text: 2): must be a whole number of at least 1; change it");
  }

  @Test
  void aMissingValueIsReported() {
    assertThat(problems("training.epochs = null"))
        .containsExactly("training.epochs: is missing; set it");
  }

  @ParameterizedTest
  @CsvSource({
    "trainig.epochs = 5,trainig,training",
    "training.epoch = 5,training.epoch,training.epochs",
    "epochs = 5,epochs,training.epochs",
    "zoo.batch-size = 5,zoo.batch-size,training.batch-size",
    "data.set.tsks = [],data.set.tsks,data.set.tasks",
  })
  void anUnknownKeyNamesTheNearestKnownOne(String line, String key, String nearest) {
    assertThat(problems(line))
        .singleElement()
        .asString()
        .startsWith(key + " = ")
        .endsWith("unknown key; did you mean " + nearest + "?");
  }

  @Test
  void aSweepIsForItsOwnCommand() {
    assertThat(problems("sweep.name = a"))
        .singleElement()
        .asString()
        .contains("use deploy/modelzoo sweep");
  }

  @Test
  void anUnknownKeyLikeNoOtherPointsToTheReference() {
    assertThat(problems("xyzzyxyzzy = 1, source-defaults.mnist.a = 1"))
        .hasSize(2)
        .allMatch(line -> line.contains("see reference.conf for all keys"));
  }

  @Test
  void realDataNeedsADirectoryAndAName() {
    assertThat(problems("data.set { source.format = mnist, classes-per-task = 2 }"))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("data.set.name: is missing; set it"),
            line ->
                assertThat(line).startsWith("data.directory = \"\"").contains("must say where"));
  }

  @Test
  void anUnknownFormatIsTheOnlyProblemOfItsSection() {
    assertThat(problems("data.set { name = a, source { format = cifar, size = 3 } }"))
        .singleElement()
        .asString()
        .contains(
            "must be one of mnist, cifar10, cifar100, mini-imagenet, image-folder, synthetic; did");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tasks = [{ name = a, classes = [1] }] | data.set.tasks[0].classes | at least two classes",
        "tasks = [{ name = a, classes = [1, 1] }] | data.set.tasks[0].classes | a class twice",
        "tasks = [{ name = a, classes = [1, 10] }] | data.set.tasks[0].classes | from 0 to 9",
        "tasks = [{ name = a, classes = [1, -2] }] | data.set.tasks[0].classes | of at least 0",
        "tasks = [{ classes = [1, 2] }] | data.set.tasks[0].name | is missing",
        "tasks = [{ name = \"\", classes = [1, 2] }] | data.set.tasks[0].name | must not be empty",
        "tasks = [{ name = a, classes = [1, 2] }, { name = a, classes = [1, 2] }] |"
            + " data.set.tasks[1].name | must be the name of one task only",
        "tasks = [{ name = a, classes = [1, 2], rotation = 1e999 }] | data.set.tasks[0].rotation |"
            + " must be a finite number",
        "tasks = [{ name = a, classes = [1, 2], label-noise = 1.1 }] |"
            + " data.set.tasks[0].label-noise | must be a number from 0 to 1",
        "tasks = [{ name = a, classes = [1, 2], label-noise = 1, noisy-classes = [3] }] |"
            + " data.set.tasks[0].noisy-classes | must be classes of the task; remove the others",
        "tasks = [{ name = a, classes = [1, 2], noisy-classes = [1] }] |"
            + " data.set.tasks[0].noisy-classes | needs label-noise above 0; set it, 1 for",
        "tasks = [{ name = a, classes = [1, 2], rotatoin = 1 }] | data.set.tasks[0].rotatoin |"
            + " did you mean data.set.tasks[0].rotation?",
        "tasks = [7] | data.set.tasks[0] | must be a section",
        "tasks = [{ name = a, classes = [1, 2] }], classes-per-task = 2 |"
            + " data.set.classes-per-task | must be 0 where data.set.tasks lists the tasks",
        "classes-per-task = 1 | data.set.classes-per-task | must be at least 2",
        "classes-per-task = 0 | data.set.classes-per-task | set it, or list the tasks",
        "classes-per-task = 3 | data.set.number-of-tasks | 10 classes do not divide into tasks of 3",
        "classes-per-task = 3, number-of-tasks = 4 | data.set.number-of-tasks | at most 3",
      })
  void aBadTaskIsReported(String lines, String key, String rule) {
    String text =
        "data.directory = d, zoo.tasks-per-round = 1,"
            + " data.set { name = s, source.format = mnist, "
            + lines
            + " }";

    assertThat(problems(text)).anyMatch(line -> line.startsWith(key) && line.contains(rule));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mnist | 5 | needs a permutation-seed from 0 to 4 in every task, and task b has 5",
        "mnist | -1 | needs a permutation-seed from 0 to 4 in every task, and task b has -1",
        "cifar10 | 1 | can't be published for images of 32×32×3, only for those of MNIST, 28×28×1"
      })
  void publishedPermutationsAreFourOfMnist(String format, int seed, String rule) {
    String text =
        """
        data { directory = d, permutation = published, set { name = s, source.format = %s, tasks = [
          { name = a, classes = [1, 2] }, { name = b, classes = [1, 2], permutation-seed = %d } ] } }
        zoo.tasks-per-round = 1
        """;

    assertThat(problems(text.formatted(format, seed)))
        .singleElement()
        .asString()
        .startsWith("data.permutation = \"published\"")
        .contains(rule);
    assertThat(ConfigLoader.parse(text.formatted(format, 0), "text").values().data().permutation())
        .isEqualTo(DataConfig.Permutation.PUBLISHED);
  }

  @Test
  void aFolderOfUnknownClassesNeedsANumberOfTasks() {
    String text =
        "data { directory = d, set { name = s, source.format = image-folder, classes-per-task = 2 } }";

    assertThat(problems(text))
        .singleElement()
        .asString()
        .contains("data.set.number-of-tasks")
        .contains("the files alone tell how many classes there are");
  }

  @Test
  void theValidationSignalNeedsHeldOutImages() {
    assertThat(problems("data.validation-share = 0"))
        .singleElement()
        .asString()
        .startsWith("zoo.signal = \"validation\" (the default): ")
        .endsWith("needs data.validation-share above 0; raise that, or set zoo.signal = training");
  }

  @ParameterizedTest
  @CsvSource({
    "data.directory, s3a://user:s3cret@bucket/images",
    "data.directory, hdfs://user:s3cret@host:8020/images",
    "output.directory, s3a://user:s3/s3cret@bucket/runs",
    "output.directory, ftp://:s3cret@host/runs"
  })
  void aPasswordIsRefusedAndNotRepeated(String key, String uri) {
    assertThat(problems(key + " = \"" + uri + "\""))
        .singleElement()
        .asString()
        .startsWith(key + ": must not hold a password")
        .contains("hadoop.security.credential.provider.path")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://host:8020/user@domain/images",
        "hdfs://host:8020",
        "s3a://user@bucket/images",
        "abfs://container@account.dfs.core.windows.net/images",
        "/data/a:b@c",
        "hdfs://[::1]:8020/user@domain"
      })
  void aLocationWithoutAPasswordIsFine(String uri) {
    String text = "data.directory = \"" + uri + "\", output.directory = \"" + uri + "\"";

    assertThat(ConfigLoader.parse(text, "text").values().output().directory()).isEqualTo(uri);
  }

  @Test
  void limitedReplayIsFineInContinualMode() {
    assertThat(
            ConfigLoader.parse("zoo { mode = continual, replay-fraction = 0.1 }", "text")
                .values()
                .zoo()
                .replayFraction())
        .isEqualTo(0.1);
  }

  @Test
  void allProblemsAreReportedTogether() {
    assertThatThrownBy(
            () ->
                ConfigLoader.load(
                    List.of(), List.of("training.epochs=0", "zoo.mode=x", "network.nam=y")))
        .hasMessageStartingWith("The configuration has 3 problems:\n  ")
        .hasMessageContaining("training.epochs = 0 (override)")
        .hasMessageContaining("zoo.mode")
        .hasMessageContaining("did you mean network.name?");
  }

  static List<String> problems(String text) {
    ModelZooException exception =
        catchThrowableOfType(ModelZooException.class, () -> ConfigLoader.parse(text, "text"));
    assertThat(exception.kind().exitCode()).isEqualTo(2);
    return exception.getMessage().lines().skip(1).map(String::strip).toList();
  }
}
