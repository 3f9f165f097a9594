package org.modelzoo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.config.ConfigProblemsTest.problems;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of methods and of the zoo among them, with the text a violation is reported with. */
class MethodProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "experiment.method = isolated-ensemble | needs the zoo of the same experiment beside"
            + " isolated-ensemble",
        "experiment { method = isolated, baselines = [isolated-ensemble] } | set method = zoo and"
            + " baselines = [isolated-ensemble]",
        "experiment.method = replay, training { batch-size = 16, data-parallel.workers = 2 } |"
            + " replay continues one network on one executor; set training.data-parallel.workers"
            + " = 0",
        "zoo { refit = true, signal = training }, data.validation-share = 0 | trains on the images"
            + " held out too, and data.validation-share = 0 holds out none",
        "experiment.method = fine-tuning, search.space { \"training.momentum\" { uniform = [0, 0.5]"
            + " } } | must be zoo, isolated or multi-head in a search"
      })
  void methodsThatNeedAnotherOneSaySo(String text, String rule) {
    assertThat(problems(text)).singleElement().asString().contains(rule);
  }

  @Test
  void theMethodIsNoBaselineOfItself() {
    String text = "experiment { method = isolated, baselines = [isolated, multi-head] }";

    assertThat(ConfigLoader.parse(text, "text").values().experiment().baselines())
        .containsExactly(Method.MULTI_HEAD);
  }

  @Test
  void rulesOfTheZooDoNotBindOtherMethods() {
    String text = "data.validation-share = 0, zoo.tasks-per-round = 100, experiment.method = ";

    assertThat(ConfigLoader.parse(text + "isolated", "text").values().experiment().method())
        .isEqualTo(Method.ISOLATED);
    assertThat(problems(text + "isolated, experiment.baselines = [zoo]")).hasSize(2);
  }

  @Test
  void aWarmStartIsForMultiTaskModeOnly() {
    assertThat(problems("zoo { mode = continual, warm-start = true }"))
        .singleElement()
        .asString()
        .contains("zoo.warm-start = true")
        .contains("must be false in continual mode");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | must be clean where zoo.signal = validation",
        "zoo.signal = training | needs data.augmentation.crop-padding above 0",
        "zoo.signal = training, training.epochs = 1, data.augmentation.horizontal-flip = true |"
            + " must be clean where training.epochs = 1"
      })
  void signalImagesAreAugmentedWhereTrainingImagesAre(String others, String rule) {
    assertThat(problems("zoo.signal-images = augmented, " + others))
        .singleElement()
        .asString()
        .startsWith("zoo.signal-images = \"augmented\"")
        .contains(rule)
        .contains("clean");
  }

  @Test
  void augmentedSignalImagesAreFineWithAnyAugmentation() {
    String text = "zoo { signal = training, signal-images = augmented }, data.augmentation.";

    for (String augmentation : List.of("crop-padding = 4", "horizontal-flip = true")) {
      assertThat(ConfigLoader.parse(text + augmentation, "text").values().zoo().signalImages())
          .isEqualTo(ZooConfig.SignalImages.AUGMENTED);
    }
  }

  @Test
  void heldOutImagesThatDriveNothingAreWorthARemark() {
    String signal = "zoo.signal = training, ";
    String noZoo = "experiment { method = isolated, baselines = [] }, ";

    assertThat(warnings(signal + "data.validation-share = 0.25"))
        .singleElement()
        .asString()
        .startsWith("zoo.signal = training: ")
        .contains("data.validation-share = 0.25 drive nothing");
    assertThat(warnings(signal + "data.validation-share = 0")).isEmpty();
    assertThat(warnings("zoo.signal = validation")).isEmpty();
    assertThat(warnings(noZoo + signal)).isEmpty();
    assertThat(warnings(noZoo + signal + "experiment.baselines = [zoo]")).hasSize(1);
  }

  private static List<String> warnings(String text) {
    return ConfigLoader.parse(text, "text").values().warnings();
  }
}
