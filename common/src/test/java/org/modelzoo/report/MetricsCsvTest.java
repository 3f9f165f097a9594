package org.modelzoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    add("round-000-1", "digits", Split.TEST, 1e-9, 1);

    assertThat(text())
        .isEqualTo(
            HEADER
                + "2,multi-head,round-000-0,digits,validation,0.25,0.875\n"
                + "2,multi-head,round-000-1,digits,test,1.0E-9,1.0\n");
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
  void theEnsemblesLinesStandAgainUntilTheyChange() {
    MetricsCsv.Text one = text(MetricsCsv.ENSEMBLE, "a", Split.TEST, 1, 0.5);
    MetricsCsv.Text two = text(MetricsCsv.ENSEMBLE, "b", Split.TEST, 2, 0.25);
    MetricsCsv.Text better = text(MetricsCsv.ENSEMBLE, "a", Split.TEST, 0.5, 0.75);
    metrics.add(0, List.of(), Map.of(1, List.of(two), 0, List.of(one)));
    metrics.add(1, List.of(), Map.of());
    metrics.add(10, List.of(text("m", "a", Split.TEST, 0, 1)), Map.of(0, List.of(better)));

    assertThat(text())
        .isEqualTo(
            HEADER
                + "0,multi-head,ensemble,a,test,1.0,0.5\n"
                + "0,multi-head,ensemble,b,test,2.0,0.25\n"
                + "1,multi-head,ensemble,a,test,1.0,0.5\n"
                + "1,multi-head,ensemble,b,test,2.0,0.25\n"
                + "10,multi-head,m,a,test,0.0,1.0\n"
                + "10,multi-head,ensemble,a,test,0.5,0.75\n"
                + "10,multi-head,ensemble,b,test,2.0,0.25\n");
  }

  @Test
  void readsMembersAndLeavesOutTheEnsemble() throws IOException {
    MetricsCsv.Text line = text(MetricsCsv.ENSEMBLE, "two\nlines, \"a\"", Split.TEST, 1, 0.5);
    metrics.add(0, List.of(text("m", "ensemble", Split.TEST, 0, 1)), Map.of(0, List.of(line)));

    assertThat(readAgain()).extracting(MetricsCsv.Row::member).containsExactly("m");
  }

  @Test
  void readsWhatItWrote() throws IOException {
    add("m", "two\nlines, \"quoted\"", Split.VALIDATION, 0.1, 1e-9);

    assertThat(readAgain())
        .containsExactly(
            new MetricsCsv.Row(
                "multi-head", "m", "two\nlines, \"quoted\"", Split.VALIDATION, 0.1, 1e-9));
  }

  private void add(String member, String task, Split split, double loss, double accuracy) {
    metrics.add(2, List.of(text(member, task, split, loss, accuracy)), Map.of());
  }

  private static MetricsCsv.Text text(
      String member, String task, Split split, double loss, double accuracy) {
    return new MetricsCsv.Row("multi-head", member, task, split, loss, accuracy).text();
  }

  private String text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      metrics.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(metrics.bytes()).isEqualTo(out.size());
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<MetricsCsv.Row> readAgain() throws IOException {
    List<MetricsCsv.Row> rows = new ArrayList<>();
    MetricsCsv.readMembers(new StringReader(text()), rows::add);
    return rows;
  }
}
