package org.modelzoo.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.SearchConfig;
import org.modelzoo.search.sampler.OnePlusOneSampler;
import org.modelzoo.search.scheduler.SchedulerSettings;
import org.modelzoo.search.space.ConfiguredSpace;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

class ConfiguredSearchTest {
  private static final Path FILES = Path.of("..", "conf", "search");

  @Test
  void theOriginalsSearchIsAsItWas() {
    SearchConfig search = load("original.conf", "data.directory=/data").values().search();
    StudySettings settings = StudySettings.of(search, 1, 200);

    assertThat(settings.limits()).isEqualTo(StudyLimits.ofTrials(81));
    assertThat(settings.scheduler()).isEqualTo(new SchedulerSettings.StoppingAsha(2, 3, 200, 1));
    assertThat(settings.direction()).isEqualTo(Direction.MAXIMISE);
    assertThat(settings.sampler())
        .isEqualTo(
            new OnePlusOneSampler(
                Space.of(
                    Parameter.uniform("network.dropout", 0.1, 0.5),
                    Parameter.choice("training.batch-size", 8, 16, 32, 128),
                    Parameter.logUniform("training.learning-rate", 1e-4, 1e-1),
                    Parameter.logUniform("training.weight-decay", 1e-6, 1e-2)),
                1,
                0.25));
  }

  @Test
  void theSmallSearchCanBeTrained() {
    LoadedConfig config = load("small.conf");
    assertThat(config.values().search().trials()).isEqualTo(27);
    TrialConfiguration.check(config, trial -> {});
  }

  @Test
  void aTrialIsAConfigurationOfItsOwn() {
    Map<String, Object> parameters =
        Map.of(
            "training.batch-size",
            8L,
            "training.learning-rate",
            1.5e-4,
            "network.name",
            "wrn-10-1");
    LoadedConfig config =
        load("small.conf", "search.space.\"network.name\"={ choice = [small-conv, wrn-10-1] }");
    LoadedConfig trial = TrialConfiguration.of(config, parameters);

    assertThat(trial.values().training().batchSize()).isEqualTo(8);
    assertThat(trial.values().training().learningRate()).isEqualTo(1.5e-4);
    assertThat(trial.values().network().name()).isEqualTo("wrn-10-1");
    assertThat(trial.render()).doesNotContain("search {");
    assertThat(ConfigLoader.parse(trial.render(), "best.conf").values().training())
        .isEqualTo(trial.values().training());
  }

  @Test
  void aTrialOfAPlantedLogSetsNoOtherKeys() {
    LoadedConfig config = load("small.conf");

    assertThatThrownBy(
            () -> TrialConfiguration.of(config, Map.of("output.directory", "/elsewhere")))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("a trial sets output.directory, which search.space does not search")
        .extracting(error -> ((ModelZooException) error).kind())
        .isEqualTo(ErrorKind.DATA);
  }

  @Test
  void aSpaceThatBreaksTheRulesIsFoundBeforehand() {
    LoadedConfig config =
        load("small.conf", "search.space.\"network.dropout\"={ uniform = [0.5, 1] }");

    assertThatThrownBy(() -> TrialConfiguration.check(config, trial -> {}))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("search.space allows a trial that cannot be trained")
        .hasMessageContaining("network.dropout = 1 (override): must be");
  }

  @Test
  void allKindsOfParametersAreRead() {
    SearchConfig search =
        ConfigLoader.parse(
                """
                search.target = 0.9
                search.queue = [ { "zoo.rounds" = 2 } ]
                search.space {
                  "zoo.rounds" { int = [1, 9], step = 2 }
                  "training.epochs" { log-int = [1, 64] }
                  "training.momentum" { uniform = [0.5, 0.9], step = 0.1 }
                  "training.learning-rate" {
                    log-uniform = [1e-4, 1]
                    when { "training.schedule" = [cosine], "zoo.rounds" = 1 }
                  }
                  "training.schedule" { choice = [cosine, constant] }
                  "zoo.warm-start" { fixed = true }
                }
                """,
                "text")
            .values()
            .search();

    assertThat(search.target()).isEqualTo(0.9);
    assertThat(search.queue()).containsExactly(Map.of("zoo.rounds", 2L));
    assertThat(ConfiguredSpace.of(search.space()))
        .isEqualTo(
            Space.of(
                Parameter.logWhole("training.epochs", 1, 64),
                Parameter.uniform("training.momentum", 0.5, 0.9).step(0.1),
                Parameter.choice("training.schedule", "cosine", "constant"),
                Parameter.whole("zoo.rounds", 1, 9).step(2),
                Parameter.fixed("zoo.warm-start", true),
                Parameter.logUniform("training.learning-rate", 1e-4, 1)
                    .when("training.schedule", "cosine")
                    .when("zoo.rounds", 1)));
  }

  private static LoadedConfig load(String file, String... overrides) {
    return ConfigLoader.load(List.of(FILES.resolve(file)), List.of(overrides));
  }
}
