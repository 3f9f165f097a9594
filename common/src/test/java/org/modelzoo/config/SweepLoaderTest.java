package org.modelzoo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ModelZooException;

class SweepLoaderTest {
  @TempDir private Path directory;

  @Test
  void makesAnExperimentOfEveryCombinationTheLastAxisFastest() throws IOException {
    SweepConfig sweep =
        load(
            """
            training.epochs = 2
            sweep {
              name = small
              axes = [
                { name = method, key = experiment.method, values = [zoo, isolated] }
                { name = seed, key = experiment.seed, values = [7, 8], repeats = true }
              ]
              baseline { method = isolated }
            }
            """);

    assertThat(sweep.experiments())
        .extracting(SweepExperiment::name)
        .containsExactly("zoo_seed-7", "zoo_seed-8", "isolated_seed-7", "isolated_seed-8");
    assertThat(sweep.repeats()).containsExactly("seed");
    SweepExperiment last = sweep.experiments().get(3);
    assertThat(last.values()).isEqualTo(Map.of("method", "isolated", "seed", "8"));
    ModelZooConfig values = last.config().values();
    assertThat(values.experiment().method()).isEqualTo(Method.ISOLATED);
    assertThat(values.experiment().seed()).isEqualTo(8);
    assertThat(values.experiment().name()).isEqualTo("isolated_seed-8");
    assertThat(values.output().directory()).isEqualTo("runs/small");
    assertThat(values.training().epochs()).isEqualTo(2);
  }

  @Test
  void aValueMayBeAnIncludedFile() throws IOException {
    Files.writeString(directory.resolve("wide.conf"), "network { name = wrn-10-2, dropout = 0.5 }");
    SweepConfig sweep =
        load(
            """
            sweep.axes = [
              { name = network, values = [
                { name = small, settings { network.name = small-conv } }
                { name = wide, settings { include "wide.conf" } }
              ] }
            ]
            """);

    assertThat(sweep.experiments())
        .extracting(experiment -> experiment.config().values().network().name())
        .containsExactly("small-conv", "wrn-10-2");
  }

  @Test
  void theAxesWinOverTheCommandLine() throws IOException {
    SweepConfig sweep =
        SweepLoader.load(
            List.of(
                file("sweep.axes = [ { name = epochs, key = training.epochs, values = [3] } ]")),
            List.of("training.epochs=9", "training.batch-size=4"));

    TrainingConfig training = sweep.experiments().get(0).config().values().training();
    assertThat(training.epochs()).isEqualTo(3);
    assertThat(training.batchSize()).isEqualTo(4);
  }

  @Test
  void tellsWhatIsWrongWithTheSweep() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    sweep {
                      nme = x
                      axes = [
                        { name = seed, key = experiment.seed, values = [1, 1] }
                        { name = seed, key = experiment.seed, values = [] }
                        { name = bare, values = [1] }
                      ]
                      baseline { network = wide }
                    }
                    """))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("sweep.nme")
        .hasMessageContaining("did you mean sweep.name")
        .hasMessageContaining("must all differ, and seed-1 is there twice")
        .hasMessageContaining("is the name of two axes")
        .hasMessageContaining("must be a list of at least one value")
        .hasMessageContaining("where the axis has no key")
        .hasMessageContaining("must be an axis that does not repeat");
  }

  @Test
  void methodsOfExperimentsAreAnAxisOfTheirOwn() throws IOException {
    String axes = "sweep.axes = [ { name = seed, key = experiment.seed, values = [1, 2] } ]\n";
    SweepConfig sweep =
        load(axes + "experiment.baselines = [isolated]\nsweep.baseline.method = isolated");

    assertThat(sweep.axisNames()).containsExactly("seed", "method");
    assertThat(sweep.baseline()).isEqualTo(Map.of("method", "isolated"));
    assertThat(sweep.experiments().get(1).valuesOf(Method.ISOLATED))
        .isEqualTo(Map.of("seed", "2", "method", "isolated"));
    assertThat(load(axes).axisNames()).containsExactly("seed");
    assertThatThrownBy(() -> load(axes + "sweep.baseline.method = isolated"))
        .hasMessage(
            "sweep.baseline.method = isolated is not a method of any experiment; add it to experiment.baselines");
    assertThatThrownBy(
            () ->
                load(
                    "sweep.axes = [ { name = method, key = experiment.method, values = [zoo] } ]\n"
                        + "experiment.baselines = [isolated]"))
        .hasMessageContaining("axis method of the sweep has the name");
  }

  @Test
  void namesTheExperimentWhoseSettingsAreWrong() {
    assertThatThrownBy(
            () ->
                load("sweep.axes = [ { name = epochs, key = training.epochs, values = [1, 0] } ]"))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("Experiment epochs-0 of the sweep")
        .hasMessageContaining("training.epochs = 0");
  }

  @Test
  void aSweepWithoutAxesIsNone() {
    assertThatThrownBy(() -> load("training.epochs = 1"))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("must hold at least one axis");
  }

  @Test
  void theTaskToShowMustExist() {
    assertThatThrownBy(
            () ->
                load(
                    "sweep { task = fsh, axes = [ { name = epochs, key = training.epochs, values = [1] } ] }"))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("sweep.task = fsh is not a task");
  }

  @Test
  void trainingRefusesASweep() {
    assertThatThrownBy(() -> ConfigLoader.parse("sweep.name = x", "text"))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("sweep");
  }

  private SweepConfig load(String text) throws IOException {
    return SweepLoader.load(List.of(file(text)), List.of());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("sweep.conf"), text);
  }
}
