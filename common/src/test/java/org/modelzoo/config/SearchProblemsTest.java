package org.modelzoo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.base.ModelZooException;

/** Every rule of {@code search} with the text its violation is reported with. */
class SearchProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "trials = 0 | search.trials = 0 | whole number of at least 1",
        "objective = validation-los | search.objective | did you mean validation-loss?",
        "sampler.method = tpee | search.sampler.method | did you mean tpe?",
        "sampler.initial-step = 0 | search.sampler.initial-step | above 0 and at most 1",
        "sampler.grid-points = 0 | search.sampler.grid-points | of at least 1",
        "scheduler.method = asah | search.scheduler.method | did you mean asha?",
        "scheduler.promotion = stopp | search.scheduler.promotion | did you mean stop?",
        "scheduler.promotion = stop, space { \"training.epochs\" { int = [1, 2] } } |"
            + " search.scheduler.promotion | must be pause unless search.scheduler.method = asha",
        "scheduler.reduction-factor = 1 | search.scheduler.reduction-factor | of at least 2",
        "target = best | search.target | must be a number, or none",
        "target = [1] | search.target | must be a text, a number, true or false",
        "budget.second = 1 | search.budget.second | did you mean search.budget.seconds?",
        "queue = [3] | search.queue[0] | must be a section",
        "space { training.epochs { int = [1, 2] } } | search.space.training | the key in quotes",
        "space { \"training.epochs\" { int = [1, 2], uniform = [1, 2] } } |"
            + " search.space.training.epochs | exactly one of choice, uniform",
        "space { \"training.epochs\" { itn = [1, 2] } } | search.space.training.epochs | exactly",
        "space { \"training.epochs\" { int = [1, 2.5] } } | search.space.training.epochs.int | two"
            + " whole numbers",
        "space { \"training.epochs\" { int = [3, 2] } } | search.space.training.epochs.int | lowest",
        "space { \"training.epochs\" { log-int = [0, 2] } } | search.space.training.epochs.log-int |"
            + " above 0",
        "space { \"training.epochs\" { int = [1, 2], steps = 1 } } |"
            + " search.space.training.epochs.steps | unknown key",
        "space { \"training.epochs\" { int = [1, 5], step = 0.5 } } |"
            + " search.space.training.epochs.step | whole number",
        "space { \"training.epochs\" { int = [1, 5], step = 9 } } |"
            + " search.space.training.epochs.step | at most the length",
        "space { \"training.epochs\" { choice = [1, 2], step = 1 } } |"
            + " search.space.training.epochs.step | is for intervals, not for choice",
        "space { \"training.epochs\" { choice = [] } } | search.space.training.epochs.choice | at"
            + " least one value",
        "space { \"training.epochs\" { choice = [1, 1] } } | search.space.training.epochs.choice |"
            + " twice",
        "space { \"training.epoch\" { int = [1, 2] } } | search.space.training.epoch | did you mean"
            + " training.epochs?",
        "space { \"output.directory\" { choice = [a, b] } } | search.space.output.directory | not a"
            + " key that can be searched",
        "space { \"training.epochs\" { int = [1, 2], when { \"zoo.rounds\" = 3 } } } |"
            + " search.space.training.epochs | depends on zoo.rounds, which the space does not hold",
        "space { \"training.epochs\" { int = [1, 2], when { \"training.epochs\" = 2 } } } |"
            + " search.space.training.epochs | depends on itself",
        "space { \"zoo.rounds\" { int = [1, 2] } }, queue = [ { \"zoo.mode\" = x } ] |"
            + " search.queue | keys of search.space only, not zoo.mode",
        "attempts = 0 | search.attempts | from 1 to 100",
        "space { \"data.validation-share\" { uniform = [0.1, 0.2] } } |"
            + " search.space.data.validation-share | not a key that can be searched",
        "space { \"zoo.rounds\" { int = [1, 5] } }, scheduler.method = asha |"
            + " search.space.zoo.rounds | must not be searched where a scheduler decides on rounds",
        "space { \"training.epochs\" { int = [1, 2] } }, scheduler { method = asha, grace-period = 6 }"
            + " | search.scheduler.grace-period | at most zoo.rounds, 4",
        "space { \"training.epochs\" { int = [1, 2] } }, scheduler { method = asha, brackets = 4 } |"
            + " search.scheduler.brackets | at most the number of rungs, 3",
      })
  void aBadValueIsReportedWithItsKeyAndRule(String lines, String key, String rule) {
    assertThat(problems("search { " + lines + " }"))
        .anySatisfy(line -> assertThat(line).startsWith(key).contains(rule));
  }

  @Test
  void theTrialsOfAMethodAreAsItCanTrainThem() {
    String search = "search.space { \"training.momentum\" { choice = [0, 0.9] } }";
    assertThat(problems(search + ", search.scheduler.method = asha, zoo.mode = continual"))
        .singleElement()
        .asString()
        .startsWith("search.scheduler.method")
        .contains("must be none for continual zoos");
    assertThat(
            problems(
                search + ", experiment.method = multi-head, training.data-parallel.workers = 2"))
        .singleElement()
        .asString()
        .startsWith("training.data-parallel.workers")
        .contains("must be 0 in a search");
    assertThat(
            problems(
                search.replace("training.momentum", "training.epochs")
                    + ", experiment.method = isolated, search.scheduler.method = asha"))
        .anySatisfy(line -> assertThat(line).contains("a scheduler decides on epochs"));
  }

  @Test
  void aValidationMeasureNeedsHeldOutImages() {
    String text =
        "data.validation-share = 0, zoo.signal = training, search.space {"
            + " \"zoo.rounds\" { int = [1, 2] } }";

    assertThat(problems(text))
        .singleElement()
        .asString()
        .startsWith("search.objective")
        .contains("needs data.validation-share above 0");
    assertThat(ConfigLoader.parse(text + ", search.objective = test", "text").values().search())
        .satisfies(search -> assertThat(search.warnings()).hasSize(1));
  }

  @Test
  void theEffectiveConfigurationReadsBackWithItsSpace() {
    LoadedConfig loaded =
        ConfigLoader.parse(
            "search.space { \"training.epochs\" { int = [1, 5], when { \"zoo.rounds\" = 2 } },"
                + " \"zoo.rounds\" { choice = [2, 3] } }",
            "text");

    assertThat(ConfigLoader.parse(loaded.render(), "rendered")).isEqualTo(loaded);
    assertThat(loaded.render()).contains("\"training.epochs\" {").contains("int = [1,5]");
  }

  private static List<String> problems(String text) {
    ModelZooException exception =
        catchThrowableOfType(ModelZooException.class, () -> ConfigLoader.parse(text, "text"));
    assertThat(exception).as(text).isNotNull();
    return exception.getMessage().lines().skip(1).map(String::strip).toList();
  }
}
