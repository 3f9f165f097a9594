package org.modelzoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTableTest {
  private static final List<String> AXES = List.of("method", "seed");

  @Test
  void averagesOverSeedsAndComparesSeedBySeed() {
    List<SweepResult> results =
        List.of(
            result("isolated", "1", 0.60),
            result("isolated", "2", 0.70),
            result("isolated", "3", 0.80),
            result("zoo", "1", 0.65),
            result("zoo", "2", 0.76),
            result("zoo", "3", 0.87));

    String text =
        new SweepTable(AXES, List.of("seed"), Map.of("method", "isolated"), "", results).text();

    // Gains 0.05, 0.06, 0.07: mean 0.06, s = 0.01, t(0.975, 2) = 4.303, half width 0.0248.
    assertThat(text.lines().map(line -> line.replaceAll(" +", " ").trim()))
        .contains(
            "isolated 3 70.0 ± 10.0 1.0 ± 0.0 1,000",
            "zoo 3 76.0 ± 11.0 1.0 ± 0.0 +6.0 +3.5 to +8.5 1,000");
  }

  @Test
  void comparesOnlyWhatHasAPartner() {
    List<SweepResult> results =
        List.of(result("isolated", "1", 0.6), result("zoo", "1", 0.7), result("zoo", "2", 0.9));

    String text =
        new SweepTable(AXES, List.of("seed"), Map.of("method", "isolated"), "", results).markdown();

    assertThat(text)
        .contains("| isolated | 1 | 60.0 | 1.0 |  |  | 1,000 |")
        .contains("| zoo | 2 | 80.0 ± 14.1 | 1.0 ± 0.0 | +10.0 |  | 1,000 |");
  }

  @Test
  void showsOneTaskBesideTheAverage() {
    String text =
        new SweepTable(AXES, List.of(), Map.of(), "fish", List.of(result("zoo", "1", 0.5)))
            .markdown();

    assertThat(text)
        .contains("| method | seed | runs | accuracy | forgetting | fish | trained images |");
    assertThat(text).contains("| zoo | 1 | 1 | 50.0 | 1.0 | 25.0 | 1,000 |");
  }

  /** Learning accuracy of the zoo, 0.4, against isolated training's average of the same seed. */
  @Test
  void methodsOfContinualRunsHaveAForwardTransferAndCosts() {
    RunSummary.Cost small = new RunSummary.Cost(1_000, 0L, 10, 0);
    RunSummary.Cost large = new RunSummary.Cost(3_000, 500L, 30.4, 0);
    String text =
        new SweepTable(
                AXES,
                List.of("seed"),
                Map.of(),
                "",
                List.of(
                    result("isolated", "1", 0.25, 1, small),
                    result("zoo", "1", 0.5, 2, small),
                    result("isolated", "2", 0.35, 1, small),
                    result("zoo", "2", 0.5, 2, large)))
            .markdown();

    assertThat(text)
        .contains(
            "| forgetting | forward transfer | parameters | stored images | trained images | core s |",
            "| isolated | 2 | 30.0 ± 7.1 | 1.0 ± 0.0 |  | 1,000 | 0 | 1,000 | 10 |",
            "| zoo | 2 | 50.0 ± 0.0 | 1.0 ± 0.0 | 10.0 ± 7.1 | 2,000 | 250 | 1,000 | 20 |",
            "forward transfer: mean over i of a[f(i)][i] − accuracy of isolated training on i");
  }

  @Test
  void intervalOfTheMeanIsStudents() {
    Interval interval = Interval.of(1, 2, 3, 4);

    assertThat(interval.mean()).isEqualTo(2.5);
    assertThat(interval.deviation()).isCloseTo(Math.sqrt(5.0 / 3), within(1e-12));
    assertThat(interval.halfWidth()).isCloseTo(3.182446 * Math.sqrt(5.0 / 12), within(1e-5));
    assertThat(Interval.of(1).halfWidth()).isNaN();
  }

  @Test
  void csvHasARowForEachExperiment() {
    assertThat(
            new String(
                SweepCsv.of(AXES, List.of(result("zoo", "1", 0.5))),
                java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(
            "experiment,method,seed,average_accuracy,learning_accuracy,forgetting,backward_transfer,members,train_images,wall_seconds,parameters,stored_images,core_seconds,card_seconds\n"
                + "zoo_1,zoo,1,0.5,0.4,0.01,,2,1000,3.5,,,,\n");
  }

  private static SweepResult result(String method, String seed, double accuracy) {
    return result(method, seed, accuracy, 1, null);
  }

  private static SweepResult result(
      String method, String seed, double accuracy, int rounds, RunSummary.Cost cost) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("method", method);
    values.put("seed", seed);
    return new SweepResult(
        method + "_" + seed,
        values,
        new RunSummary(
            1,
            method,
            "e",
            1,
            2,
            rounds,
            2,
            0,
            accuracy,
            0.4,
            0.01,
            null,
            Map.of("fish", 0.25),
            1000,
            100,
            3.5,
            cost,
            Map.of()));
  }
}
