package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.spark.TinyExperiment;

@ExtendWith(LocalMaster.class)
class SearchCommandTest {
  private static final String SPACE =
      "search.space={ \"training.learning-rate\" { log-uniform = [1e-3, 1e-1] }, "
          + "\"training.batch-size\" { choice = [4, 8] } }";
  private static final String ASHA =
      "search.scheduler={ method = asha, grace-period = 1, reduction-factor = 2 }";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "torch"})
  void theWinnersConfigurationTrainsToTheSameValue(String engine) throws IOException {
    String setting = "network.engine=" + engine;
    Console first = search("multi-head", setting, "search.trials=5");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err())
        .contains("tiny: up to 5 trials", "tiny: trial-00000 rung 1, 1 epochs: validation-loss ");
    assertThat(first.out())
        .contains("learning-rate", "batch-size", "validation-loss", "5 trials: ", "best.conf");
    assertThat(Files.readAllLines(study("trials.csv"))).hasSize(6);
    assertThat(study("trials")).isEmptyDirectory();

    Console again = search("multi-head", setting, "search.trials=5");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("This search is finished");
    assertThat(again.out()).endsWith(first.out().strip() + "\n");
    assertThat(again.err()).isEmpty();

    Console extended = search("multi-head", setting, "search.trials=6");
    assertThat(extended.exitCode()).as(extended.err()).isZero();
    assertThat(extended.err()).contains("continues after 5 of up to 6 trials");
    JsonNode summary = new ObjectMapper().readTree(study("study.json").toFile());
    assertThat(summary.path("best_resource").asInt()).isEqualTo(4);

    Console winner = Console.run(new String[] {"train", "--config", study("best.conf").toString()});
    assertThat(winner.exitCode()).as(winner.err()).isZero();
    assertThat(validationLoss(directory.resolve("out/tiny-best/metrics.csv")))
        .isCloseTo(summary.path("best_value").asDouble(), offset(1e-6));
  }

  private static double validationLoss(Path metrics) throws IOException {
    return Files.readAllLines(metrics).stream()
        .map(line -> line.split(",", -1))
        .filter(cells -> cells[2].equals("ensemble") && cells[4].equals("validation"))
        .mapToDouble(cells -> Double.parseDouble(cells[5]))
        .average()
        .orElseThrow();
  }

  @Tag("full")
  @Test
  void aTrialMayBeAWholeZoo() throws IOException {
    Console console =
        search(
            "zoo",
            "zoo.mode=multi-task",
            "zoo.rounds=2",
            "training.epochs=1",
            "search.trials=3",
            "search.objective=test",
            "trackers.tensorboard.enabled=true");
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.err()).doesNotContain("dropped"); // What happens in a trial is no run.
    assertThat(study("tensorboard/trials/trial-00002")).isNotEmptyDirectory();
    assertThat(console.err()).contains("search.objective = test chooses by the test images");
    assertThat(console.err()).contains("rung 2, 2 rounds: test ");
    assertThat(console.out()).contains("3 trials: ", "completed");
  }

  @Test
  void aDryRunPrintsThePlanAndWritesNothing() {
    Console plan =
        Console.run(
            TinyExperiment.arguments("search", directory.resolve("out"), settings("isolated")),
            "--dry-run");
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("training.learning-rate", "20 of method isolated", "rungs at 1, 2, 4 epochs");
    assertThat(directory.resolve("out")).doesNotExist();
    Console validated =
        Console.run(
            TinyExperiment.arguments("validate", directory.resolve("out"), settings("isolated")));
    assertThat(validated.out()).contains("rungs at 1, 2, 4 epochs", "isolated");
  }

  @Test
  void whatNoTrialCouldBeTrainedWithIsRefusedBeforeSparkStarts() {
    assertRefused("search.space is empty", "search.space={}");
    assertRefused(
        "needs data.validation-share above 0",
        SPACE,
        "data.validation-share=0",
        "zoo.signal=training");
    assertRefused(
        "the known trial {training.batch-size=4} does not fit the space: training.learning-rate",
        SPACE,
        "search.queue=[ { \"training.batch-size\" = 4 } ]");
    assertRefused(
        "search.space allows a trial that cannot be trained",
        "search.space={ \"network.name\" { choice = [small-conv, wrn-16-4, wrn-17-4] } }");
  }

  private void assertRefused(String message, String... settings) {
    Console console =
        Console.run(TinyExperiment.arguments("search", directory.resolve("out"), settings));
    assertThat(console.exitCode()).as(console.err()).isEqualTo(2);
    assertThat(console.err()).contains(message).doesNotContain("\tat ");
  }

  private Console search(String method, String... more) {
    return Console.run(
        TinyExperiment.arguments("search", directory.resolve("out"), settings(method, more)));
  }

  private static String[] settings(String method, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "experiment.method=" + method,
                "training.epochs=4",
                "search.sampler.method=random",
                SPACE,
                ASHA));
    settings.addAll(List.of(more));
    return settings.toArray(String[]::new);
  }

  private Path study(String file) {
    return directory.resolve("out/tiny").resolve(file);
  }
}
