package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.data.CheckedData;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

/** Runs that a former program began, with fewer keys and other weights to start from. */
class RunOpeningTest {
  private static final CheckedData DATA = new CheckedData("data", List.of());

  @TempDir private Path directory;

  @Test
  void aRunWithoutRotationsGoesOnThoughKeysWereAdded() {
    RunDirectory run = formerRun(config(0, "network.name=wrn-10-1"), 2);

    opening(config(0, "network.name=wrn-10-1")).check(run);
    assertThat(opening(config(0, "network.name=wrn-10-1")).open(run)).isEmpty();
  }

  @Test
  void aRunWithRotationsGoesOnBilinearlyOrNotAtAll() {
    RunDirectory run = formerRun(config(10, "network.name=wrn-10-1"), 2);

    assertThatThrownBy(() -> opening(config(10, "network.name=wrn-10-1")).check(run))
        .isInstanceOfSatisfying(
            ModelZooException.class,
            error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("data.rotation.interpolation: bilinear → nearest")
        .hasMessageContaining("--fresh");
    opening(config(10, "network.name=wrn-10-1", "data.rotation.interpolation=bilinear")).check(run);
  }

  @Test
  void aRunOfAProgramWithOneEngineGoesOnWithAnyButNotInAnotherPrecision() {
    RunDirectory run = formerRun(config(0, "network.name=wrn-10-1"), 3);

    for (String engine : List.of("auto", "dl4j", "torch")) {
      opening(config(0, "network.name=wrn-10-1", "network.engine=" + engine)).check(run);
    }
    assertThatThrownBy(
            () ->
                opening(config(0, "network.name=wrn-10-1", "training.precision=bfloat16"))
                    .check(run))
        .isInstanceOfSatisfying(
            ModelZooException.class,
            error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("training.precision: float32 → bfloat16")
        .hasMessageContaining("--fresh");
  }

  @ParameterizedTest
  @CsvSource({
    "2, small-conv, false, true",
    "2, small-conv, true, false",
    "3, small-conv, false, false",
    "2, wrn-10-1, false, false"
  })
  void whatStartedWithOtherBiasesIsNotTrainedOn(
      int version, String network, boolean finished, boolean refused) {
    LoadedConfig config = config(0, "network.name=" + network);
    RunDirectory run = formerRun(config, version);

    if (refused) {
      assertThatThrownBy(() -> opening(config).requireSameStart(run, () -> finished))
          .isInstanceOfSatisfying(
              ModelZooException.class, error -> assertThat(error.kind()).isEqualTo(ErrorKind.DATA))
          .hasMessageContaining(directory + " was begun by a program that started the heads")
          .hasMessageContaining("finish it with that program, or start over with --fresh");
    } else {
      opening(config).requireSameStart(run, () -> finished);
    }
  }

  @Test
  void aJobOfARunInProgressIsRefusedAndStartsAnewElsewhere() {
    LoadedConfig config = config(0, "output.directory=\"" + directory + "\"");
    RunDirectory begun = formerRun(config, 2);

    assertThatThrownBy(() -> new TrainJob(config, begun, DATA))
        .hasMessageContaining("random biases");
    assertThat(new TrainJob(config, begun.inside("beside"), DATA).isFinished()).isFalse();
  }

  @Test
  void aStudyCountsWhatItsTrialsMayBe() {
    LoadedConfig config =
        config(
            0,
            "network.name=wrn-10-1",
            "search.space={ \"network.name\" { choice = [wrn-10-1, small-conv] } }");
    RunDirectory run = formerRun(config, 2);

    RunOpening.ofRun(config, Method.ZOO, DATA).requireSameStart(run, () -> false);
    assertThatThrownBy(() -> RunOpening.ofSearch(config, DATA).requireSameStart(run, () -> false))
        .hasMessageContaining("random biases");
  }

  private static RunOpening opening(LoadedConfig config) {
    return RunOpening.ofRun(config, Method.ZOO, DATA);
  }

  /** With a configuration as it was before there were these keys. */
  private RunDirectory formerRun(LoadedConfig config, int version) {
    String configuration =
        config
            .render()
            .lines()
            .filter(
                line ->
                    !line.matches(
                        " *(interpolation|permutation|images-per-class-choice|engine|precision) =.*"))
            .map(line -> line.replace("\"noisy-classes\":[],", ""))
            .collect(Collectors.joining("\n"));
    assertThat(configuration).doesNotContain("interpolation", "noisy", "engine", "precision");
    RunDirectory run = RunDirectory.at(directory.toString(), new Configuration());
    run.create(
        new RunIdentity(
            version, "0.1", "zoo", 1, "of fewer keys", "data", "2025-01-01T00:00:00Z", List.of()),
        configuration);
    return run;
  }

  private static LoadedConfig config(double rotation, String... settings) {
    List<String> all = new ArrayList<>();
    all.add("experiment.name=run");
    all.add("data.directory=d");
    all.add(
        "data.set={ name = s, source.format = mnist, tasks = [ { name = a, classes = [0, 1] },"
            + " { name = b, classes = [0, 1], rotation = %s } ] }".formatted(rotation));
    all.add("zoo.tasks-per-round=2");
    all.addAll(List.of(settings));
    return ConfigLoader.load(List.of(), all);
  }
}
