package org.modelzoo.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.report.RunSummary;
import org.modelzoo.report.page.Sections;
import org.modelzoo.run.Round;
import org.modelzoo.run.RoundStore;
import org.modelzoo.run.SplitScore;
import org.modelzoo.store.Json;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

class SweepReportTest {
  private static final SweepFile SWEEP =
      new SweepFile(
          1,
          "methods",
          List.of("method", "seed"),
          List.of("seed"),
          Map.of("method", "isolated"),
          "",
          List.of(
              experiment("isolated", "1"),
              experiment("isolated", "2"),
              experiment("zoo", "1"),
              experiment("zoo", "2"),
              experiment("zoo", "3"),
              experiment("zoo", "4")));

  @TempDir private Path path;
  private RunDirectory directory;

  @BeforeEach
  void aSweepWithOneExperimentToDoAndTwoThatFailed() {
    directory = RunDirectory.at(path.toString(), new Configuration());
    directory.write(SweepFile.NAME, Json.write(SWEEP));
    finish("isolated_1", new double[] {.5});
    finish("isolated_2", new double[] {.6});
    finish("zoo_1", new double[] {.6}, new double[] {.7});
    directory.write(
        "failures/zoo_2.json",
        Json.write(
            Map.of("format_version", 1, "kind", "DATA", "message", "no <images>; token=pl4nted")));
    directory.write("failures/zoo_3.json", new byte[] {'{', '}'});
  }

  @Test
  void namesThatLeadOutOfTheSweepAreDamage() {
    String planted =
        new String(Json.write(SWEEP), StandardCharsets.UTF_8).replace("zoo_4", "../elsewhere");
    directory.write(SweepFile.NAME, planted.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> SweepReport.find(directory))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("sweep.json is damaged")
        .hasMessageContaining("must be a plain name of a directory, not \"../elsewhere\"");
  }

  private static SweepFile.Experiment experiment(String method, String seed) {
    return new SweepFile.Experiment(
        method + "_" + seed, Map.of("method", method, "seed", seed), null);
  }

  private void finish(String name, double[]... rounds) {
    RunDirectory run = directory.inside(name);
    for (int round = 0; round < rounds.length; round++) {
      SplitScore score = new SplitScore(0, Split.TEST, 1.0, rounds[round][0]);
      new RoundStore(run).commit(new Round(round, List.of(1.0), List.of(), List.of(score)));
    }
    double last = rounds[rounds.length - 1][0];
    run.write(
        "summary.json",
        new RunSummary(
            2,
            "zoo",
            name,
            1,
            1,
            2,
            2,
            0,
            last,
            last,
            0,
            null,
            Map.of("birds", last),
            9,
            9,
            9,
            null,
            Map.of()));
  }

  @Test
  void showsTheTableTheCurvesAndEveryExperiment() {
    String page =
        new String(
            SweepReport.of(directory, SweepReport.find(directory).orElseThrow()),
            StandardCharsets.UTF_8);
    assertThat(Sections.idsOf(page)).containsExactly("results", "curves", "experiments");
    assertThat(page)
        .contains("Sweep over method, seed: 3 of 6 experiments finished.")
        .contains("<th scope=\"row\">isolated</th><td class=\"number\">2</td>")
        .contains("55.0 ± 7.1", "+20.0")
        .contains("href=\"./zoo_1/report.html\"")
        .contains(
            "<th scope=\"row\">zoo_2</th><td>zoo</td><td>2</td><td>failed: no &lt;images&gt;; token=(hidden)</td>")
        .contains("<th scope=\"row\">zoo_3</th><td>zoo</td><td>3</td><td>failed</td>")
        .contains("<th scope=\"row\">zoo_4</th><td>zoo</td><td>4</td><td>to do</td>");
  }

  /** t(0.975, 1) = 12.706; s / √2 = 0.05. */
  @Test
  void theBandIsTheConfidenceIntervalOfTheMean() {
    String page = new String(SweepReport.of(directory, SWEEP), StandardCharsets.UTF_8);
    assertThat(page)
        .contains(
            "<th scope=\"row\">isolated</th><td class=\"number\">1</td><td class=\"number\">2</td>"
                + "<td class=\"number\">55.0</td><td class=\"number\">63.5</td>");
  }
}
