package org.modelzoo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.StoreFixtures;

class RoundStoreTest {
  private static final Round ROUND =
      new Round(
          4,
          List.of(1.0, 0.5),
          List.of(
              Round.Member.completed(
                  "m1",
                  List.of(0, 1),
                  List.of(2.0, 1.0),
                  List.of(new SplitScore(0, Split.TEST, 0.25, 0.5))),
              Round.Member.diverged("m2", List.of(1))),
          List.of(
              new SplitScore(0, Split.VALIDATION, null, null),
              new SplitScore(0, Split.TEST, 0.125, 0.75)));

  @TempDir Path directory;

  private RoundStore rounds;
  private Path file;

  @BeforeEach
  void commit() {
    rounds = new RoundStore(StoreFixtures.run(directory));
    rounds.commit(ROUND);
    file = directory.resolve("rounds/round-004.json");
  }

  @Test
  void readsARoundAsItWasCommittedAndNoOther() {
    assertThat(rounds.committed(4)).contains(ROUND);
    assertThat(rounds.committed(3)).isEmpty();
    assertThat(rounds.isCommitted(4)).isTrue();
    assertThat(rounds.isCommitted(3)).isFalse();
    assertThat(StoreFixtures.filesBelow(directory)).containsExactly("rounds/round-004.json");
  }

  @Test
  void newerRoundIsRefused() {
    StoreFixtures.replaceInSealed(file, "\"format_version\" : 3", "\"format_version\" : 4");

    assertThatThrownBy(() -> rounds.committed(4))
        .matches(StoreFixtures::isDataError)
        .hasMessageStartingWith("file:" + file + " has format version 4, ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"task\" : 0 | \"task\" : 2 | it has a task beyond its 2 weights",
        "\"accuracy\" : 0.75 | \"accuracy\" : 1.5 | task 0 has an accuracy of 1.5",
        "[ 2.0, 1.0 ] | [ 2.0 ] | m1 has the head weights [2.0] for the tasks [0, 1]",
        "[ 2.0, 1.0 ] | [ 2.0, 0.0 ] | m1 has the head weights [2.0, 0.0]",
        "\"scores\" | \"marks\" | ",
      })
  void aRoundThatNoRunHasIsRefused(String old, String planted, String reason) {
    StoreFixtures.replaceInSealed(file, old, planted);

    assertThat(rounds.find(4).record()).isEmpty();
    assertThat(rounds.find(4).damage().orElseThrow()).contains(reason == null ? "" : reason);
  }

  @Test
  void damagedRoundIsADataErrorWithTheNextStep() {
    StoreFixtures.replaceInSealed(file, "\"tasks\" : [ 1 ]", "\"taskz\" : [ 1 ]");

    assertThatThrownBy(() -> rounds.committed(4))
        .matches(StoreFixtures::isDataError)
        .hasMessageStartingWith("file:" + file + " is damaged: ")
        .hasMessageEndingWith("; restore it, or start over with --fresh");
  }

  @Test
  void aDamagedRoundCanBeLookedForWithoutAnError() {
    StoreFixtures.replaceIn(file, "0.125", "0.625");

    assertThat(rounds.find(4).record()).isEmpty();
    assertThat(rounds.find(4).damage().orElseThrow())
        .startsWith("file:" + file + " is damaged: its SHA-256 is ");
    assertThat(rounds.find(3)).isEqualTo(new FoundRecord<>(Optional.empty(), Optional.empty()));
  }
}
