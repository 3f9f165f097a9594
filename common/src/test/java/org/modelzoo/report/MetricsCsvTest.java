package org.modelzoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.store.Predictions.Split;

class MetricsCsvTest {
  private static final String HEADER = "round,method,member,task,split,loss,accuracy\n";

  private final MetricsCsv metrics = new MetricsCsv();

  @Test
  void emptyTableHasItsHeader() {
    assertThat(text()).isEqualTo(HEADER);
  }

  @Test
  void rowsStandInTheOrderTheyWereAdded() {
    add("round-000-0", "digits", Split.VALIDATION, 0.25, 0.875);
    add(MetricsCsv.ENSEMBLE, "digits", Split.TEST, 1e-9, 1);

    assertThat(text())
        .isEqualTo(
            HEADER
                + "2,multi-head,round-000-0,digits,validation,0.25,0.875\n"
                + "2,multi-head,ensemble,digits,test,1.0E-9,1.0\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cats, dogs     | \"cats, dogs\"",
        "the \"easy\" one | \"the \"\"easy\"\" one\"",
        "Bäume 树        | Bäume 树",
      })
  void oddTaskNamesAreQuoted(String task, String written) {
    add("m", task, Split.TRAIN, 0, 0);

    assertThat(text()).isEqualTo(HEADER + "2,multi-head,m," + written + ",train,0.0,0.0\n");
  }

  @Test
  void lineBreakInATaskNameIsQuoted() {
    add("m", "two\nlines", Split.TRAIN, 0, 0);

    assertThat(text()).isEqualTo(HEADER + "2,multi-head,m,\"two\nlines\",train,0.0,0.0\n");
  }

  @Test
  void readsWhatItWrote() {
    add("m", "two\nlines, \"quoted\"", Split.VALIDATION, 0.1, 1e-9);

    assertThat(MetricsCsv.read(text()))
        .containsExactly(
            new MetricsCsv.Row(
                "multi-head", "m", "two\nlines, \"quoted\"", Split.VALIDATION, 0.1, 1e-9));
  }

  private void add(String member, String task, Split split, double loss, double accuracy) {
    metrics.add(2, new MetricsCsv.Row("multi-head", member, task, split, loss, accuracy).text());
  }

  private String text() {
    return new String(metrics.toBytes(), StandardCharsets.UTF_8);
  }
}
