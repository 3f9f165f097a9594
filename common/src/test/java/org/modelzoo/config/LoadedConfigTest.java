package org.modelzoo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedConfigTest {
  private static final String LISTED =
      """
      experiment { name = 2024, seed = -9223372036854775808, baselines = [multi-head] }
      data {
        directory = "hdfs://host/with \\"quotes\\" and\\nlines"
        task-limit = 2
        set {
          name = "Größe 5"
          source.format = mnist
          tasks = [
            { name = "a \\"b\\"", classes = [3, 1], rotation = -12.25 }
            { name = b, classes = [1, 5, 7], permutation-seed = 4, label-noise = 0.5 }
            { name = c, classes = [0, 9] }
          ]
        }
      }
      training { weight-decay = "1e-7", epochs = "12", learning-rate = 3 }
      zoo.tasks-per-round = 2
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        LISTED,
        "data { directory = d, set { name = s, source.format = cifar100, classes-per-task = 20 } }"
      })
  void readingTheRenderedTextGivesAnEqualConfiguration(String text) {
    LoadedConfig loaded = ConfigLoader.parse(text, "text");

    LoadedConfig again = ConfigLoader.parse(loaded.render(), "rendered");

    assertThat(again).isEqualTo(loaded);
    assertThat(again.render()).isEqualTo(loaded.render());
    assertThat(ConfigDifference.between(loaded, again)).isEmpty();
  }

  @Test
  void theRenderedTextHasEveryKeyAndKeepsTasksOnOneLine() {
    String text = ConfigLoader.parse(LISTED, "text").render();

    assertThat(text)
        .contains("  epochs = 12\n")
        .contains("  batch-size = 32\n")
        .contains("\"classes\":[3,1]")
        .doesNotContain("families")
        .doesNotContain("source-defaults");
  }

  @Test
  void flatKeysAreSortedAndTextsUnquoted() {
    LoadedConfig loaded = ConfigLoader.parse(LISTED, "text");

    assertThat(loaded.flatten())
        .contains(
            entry("experiment.name", "2024"),
            entry("data.set.tasks[0].classes", "[3,1]"),
            entry("data.set.tasks[1].label-noise", "0.5"),
            entry("experiment.baselines", "[\"multi-head\"]"));
    assertThat(List.copyOf(loaded.flatten().keySet())).isSorted();
  }

  @Test
  void aDifferenceNamesTheKeyAndBothValues() {
    LoadedConfig loaded = ConfigLoader.load(List.of(), List.of());
    LoadedConfig changed =
        loaded.with(
            List.of(
                "training.epochs=6",
                "data.directory=d",
                "data.set={name=m, source.format=mnist, classes-per-task=2}"));

    assertThat(ConfigDifference.between(loaded, changed))
        .contains("training.epochs: 5 → 6", "data.directory:  → d")
        .contains("data.set.source.families: 3 → (absent)");
  }

  @Test
  void theTypedConfigurationIsSerialisable() throws IOException, ClassNotFoundException {
    ModelZooConfig config = ConfigLoader.parse(LISTED, "text").values();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(config);
    }

    try (ObjectInputStream input =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(input.readObject()).isEqualTo(config);
    }
  }
}
