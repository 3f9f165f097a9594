package org.modelzoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static final RunSummary ZOO = ReportFixtures.summary("zoo", 0.9, 1, 0.05, Map.of());
  private static final RunSummary ISOLATED =
      ReportFixtures.summary("isolated", 0.8125, 1, null, Map.of());
  private static final RunSummary MULTI_HEAD =
      ReportFixtures.summary("multi-head", 0.95, 0.5, null, Map.of());

  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @Test
  void runStandsAgainstEachBaseline() {
    assertThat(ResultTable.of(List.of(ZOO, ISOLATED, MULTI_HEAD)))
        .isEqualTo(
            """
            task           zoo  isolated  gain  multi-head   gain
            -----------------------------------------------------
            birds         90.0      81.3  +8.8        95.0   -5.0
            trees, tall  100.0     100.0  +0.0        50.0  +50.0
            -----------------------------------------------------
            average       95.0      90.6  +4.4        72.5  +22.5
            average accuracy    0.9500  mean over i of a[T][i]
            learning accuracy   0.6250  mean over i of a[f(i)][i]
            forgetting          0.0125  mean over i of (max over t ≥ f(i) of a[t][i]) − a[T][i]
            backward transfer   0.0500  mean over i with f(i) < T of a[T][i] − a[f(i)][i]
            forward transfer   -0.2813  mean over i of a[f(i)][i] − accuracy of isolated training on i

            method      members  parameters  stored images  trained images  core s
            ----------------------------------------------------------------------
            zoo               5       7,000            500           3,000      13
            isolated          5       7,000            500           3,000      13
            multi-head        5       7,000            500           3,000      13
            """);
  }

  @Test
  void runAloneHasNoGainAndUndefinedTransferIsLeftOut() {
    assertThat(ResultTable.of(List.of(ISOLATED)))
        .isEqualTo(
            """
            task         isolated
            ---------------------
            birds            81.3
            trees, tall     100.0
            ---------------------
            average          90.6
            average accuracy    0.9063  mean over i of a[T][i]
            learning accuracy   0.6250  mean over i of a[f(i)][i]
            forgetting          0.0125  mean over i of (max over t ≥ f(i) of a[t][i]) − a[T][i]

            method    members  parameters  stored images  trained images  core s
            --------------------------------------------------------------------
            isolated        5       7,000            500           3,000      13
            """);
  }

  @Test
  void numbersHaveADecimalPointInEveryCountry() {
    String expected = ResultTable.of(List.of(ZOO, ISOLATED));

    Locale.setDefault(Locale.GERMANY);

    assertThat(ResultTable.of(List.of(ZOO, ISOLATED))).isEqualTo(expected);
  }
}
