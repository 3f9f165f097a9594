package org.modelzoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.config.Method;
import org.modelzoo.run.Round;
import org.modelzoo.run.RunHistory;
import org.modelzoo.run.SplitScore;
import org.modelzoo.store.Predictions.Split;

class MetricsCsvTest {
  private static final String HEADER = "round,method,member,task,split,loss,accuracy\n";

  private RunHistory history = RunHistory.EMPTY;

  @Test
  void aRunWithoutARoundIsTheHeader() throws IOException {
    assertThat(text("digits")).isEqualTo(HEADER);
  }

  @Test
  void membersStandBeforeTheEnsembleInTheOrderOfTheRound() throws IOException {
    add(
        List.of(
            member("m0", List.of(0), score(0, Split.VALIDATION, 0.25, 0.875)),
            Round.Member.diverged("m1", List.of(0)),
            member("m2", List.of(0), score(0, Split.TEST, 1e-9, 1))),
        score(0, Split.TEST, 0.5, 0.5));

    assertThat(text("digits"))
        .isEqualTo(
            HEADER
                + "0,multi-head,m0,digits,validation,0.25,0.875\n"
                + "0,multi-head,m2,digits,test,1.0E-9,1.0\n"
                + "0,multi-head,ensemble,digits,test,0.5,0.5\n");
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
  void oddTaskNamesAreQuoted(String task, String written) throws IOException {
    add(List.of(), score(0, Split.TRAIN, 0, 0));

    assertThat(text(task))
        .isEqualTo(HEADER + "0,multi-head,ensemble," + written + ",train,0.0,0.0\n");
  }

  @Test
  void lineBreakInATaskNameIsQuoted() throws IOException {
    add(List.of(), score(0, Split.TRAIN, 0, 0));

    assertThat(text("two\nlines"))
        .isEqualTo(HEADER + "0,multi-head,ensemble,\"two\nlines\",train,0.0,0.0\n");
  }

  @Test
  void theEnsemblesLinesStandAgainUntilTheyChange() throws IOException {
    add(List.of(), score(0, Split.TEST, 1, 0.5), score(1, Split.TEST, 2, 0.25));
    add(List.of());
    add(
        List.of(member("m", List.of(0), score(0, Split.TEST, 0, 1))),
        score(0, Split.TEST, 0.5, 0.75));

    assertThat(text("a", "b"))
        .isEqualTo(
            HEADER
                + "0,multi-head,ensemble,a,test,1.0,0.5\n"
                + "0,multi-head,ensemble,b,test,2.0,0.25\n"
                + "1,multi-head,ensemble,a,test,1.0,0.5\n"
                + "1,multi-head,ensemble,b,test,2.0,0.25\n"
                + "2,multi-head,m,a,test,0.0,1.0\n"
                + "2,multi-head,ensemble,a,test,0.5,0.75\n"
                + "2,multi-head,ensemble,b,test,2.0,0.25\n");
  }

  private void add(List<Round.Member> members, SplitScore... scores) {
    history =
        history.with(
            new Round(history.rounds().size(), List.of(1.0, 1.0), members, List.of(scores)));
  }

  private static Round.Member member(String id, List<Integer> tasks, SplitScore... scores) {
    return Round.Member.completed(
        id, tasks, Collections.nCopies(tasks.size(), 1.0), List.of(scores));
  }

  private static SplitScore score(int task, Split split, double loss, double accuracy) {
    return new SplitScore(task, split, loss, accuracy);
  }

  private String text(String... tasks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MetricsCsv.write(history, Method.MULTI_HEAD, List.of(tasks), out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
