package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundStoreTest {
  private static final RoundFile ROUND =
      new RoundFile(
          4,
          List.of(1.0, 0.5),
          List.of(
              new RoundFile.Member("m1", List.of(0, 1), "completed"),
              new RoundFile.Member("m2", List.of(1), "diverged")),
          Arrays.asList(0.25, null));

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
    StoreFixtures.replaceInSealed(file, "\"format_version\" : 2", "\"format_version\" : 3");

    assertThatThrownBy(() -> rounds.committed(4))
        .matches(StoreFixtures::isDataError)
        .hasMessageStartingWith("file:" + file + " has format version 3, ");
  }

  @Test
  void damagedRoundIsADataErrorWithTheNextStep() {
    StoreFixtures.replaceInSealed(file, "\"tasks\" : [ 1 ]", "\"taskz\" : [ 1 ]");

    assertThatThrownBy(() -> rounds.committed(4))
        .matches(StoreFixtures::isDataError)
        .hasMessageStartingWith("file:" + file + " is damaged: ")
        .hasMessageEndingWith("; restore it, or start anew with --fresh");
  }

  @Test
  void aDamagedRoundCanBeLookedForWithoutAnError() {
    StoreFixtures.replaceIn(file, "0.25", "0.75");

    assertThat(rounds.find(4).record()).isEmpty();
    assertThat(rounds.find(4).damage().orElseThrow())
        .startsWith("file:" + file + " is damaged: its SHA-256 is ");
    assertThat(rounds.find(3)).isEqualTo(new FoundRecord<>(Optional.empty(), Optional.empty()));
  }
}
