package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.store.StoreFixtures.PREDICTIONS;
import static org.modelzoo.store.StoreFixtures.commitMember;
import static org.modelzoo.store.StoreFixtures.filesBelow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberStoreTest {
  @TempDir Path directory;

  private RunDirectory run;
  private MemberStore members;
  private Path member;

  @BeforeEach
  void open() {
    run = StoreFixtures.run(directory);
    members = new MemberStore(run);
    member = directory.resolve("members/m1");
  }

  @Test
  void findsAMemberAsItWasCommitted() throws IOException {
    commitMember(run, "weights", 7);

    FoundRecord<MemberStore.Member> found = members.find("m1");
    assertThat(found.damage()).isEmpty();
    assertThat(found.record().orElseThrow().predictions())
        .usingRecursiveComparison()
        .isEqualTo(PREDICTIONS);
    assertThat(found.record().orElseThrow().file().seed()).isEqualTo(7);
    assertThat(found.record().orElseThrow().file().modelSha256())
        .isEqualTo(Checksum.of("weights"))
        .isEqualTo("9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c");
    assertThat(filesBelow(directory))
        .containsExactly(
            "members/m1/model.zip", "members/m1/outcome.json", "members/m1/predictions.bin");
  }

  @Test
  void findsNothingWhereNothingWasCommitted() throws IOException {
    assertThat(members.find("m1")).isEqualTo(new FoundRecord<>(Optional.empty(), Optional.empty()));
  }

  @Test
  void looksAtOutcomeAndPredictionsWithoutTheModel() throws IOException {
    assertThat(members.findOutcome("m1").record()).isEmpty();
    commitMember(run, "weights", 7);
    Files.delete(member.resolve("model.zip"));
    assertThat(members.findOutcome("m1").record().orElseThrow().seed()).isEqualTo(7);
    assertThat(members.findOutcome("m1").record().orElseThrow().executor()).isNull();
    assertThat(members.findPredictions("m1").record().orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(PREDICTIONS);
    Files.writeString(member.resolve("predictions.bin"), "damaged");
    assertThat(members.findPredictions("m1").record()).isEmpty();
    assertThat(members.findPredictions("m1").damage().orElseThrow()).contains("predictions.bin");
  }

  @Test
  void idsThatLeadOutOfTheRunAreRefused() {
    for (String id : List.of("../m1", "/m1", "a/b", "..", ".tmp-m1", "")) {
      assertThatThrownBy(() -> members.find(id))
          .matches(StoreFixtures::isDataError)
          .hasMessageContaining("is not a member: an id has letters");
    }
  }

  @Test
  void memberCommittedTwiceKeepsTheFirst() throws IOException {
    commitMember(run, "first", 1);
    commitMember(run, "second", 2);

    assertThat(members.find("m1").record().orElseThrow().file().seed()).isEqualTo(1);
    assertThat(Files.readString(member.resolve("model.zip"))).isEqualTo("first");
    assertThat(filesBelow(directory)).hasSize(3);
  }

  @Test
  void failedCommitLeavesNothing() {
    assertThatThrownBy(
            () ->
                members.commit(
                    "m1",
                    out -> {
                      throw new IOException("disk full");
                    },
                    PREDICTIONS,
                    (model, predictions) -> null))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");

    assertThat(filesBelow(directory)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.zip", "predictions.bin", "outcome.json"})
  void everyFlippedBitIsDamage(String name) throws IOException {
    commitMember(run, "weights", 7);
    byte[] whole = Files.readAllBytes(member.resolve(name));

    for (int bit = 0; bit < whole.length * 8; bit += 7) {
      Files.write(member.resolve(name), StoreFixtures.flipped(whole, bit));

      FoundRecord<MemberStore.Member> found = members.find("m1");
      assertThat(found.record()).isEmpty();
      assertThat(found.damage().orElseThrow())
          .startsWith("file:%s/%s is damaged: ".formatted(member, name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.zip", "predictions.bin", "outcome.json"})
  void aTruncatedFileIsDamage(String name) throws IOException {
    commitMember(run, "weights", 7);
    byte[] whole = Files.readAllBytes(member.resolve(name));

    for (int length : new int[] {0, 1, whole.length - 1}) {
      Files.write(member.resolve(name), Arrays.copyOf(whole, length));
      assertThat(members.find("m1").damage().orElseThrow())
          .startsWith("file:" + member + "/" + name + " is damaged: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.zip", "predictions.bin"})
  void aFileThatACommittedMemberLacksIsDamage(String name) throws IOException {
    commitMember(run, "weights", 7);
    Files.delete(member.resolve(name));

    assertThat(members.find("m1").damage().orElseThrow()).contains(name);
    assertThat(members.find("m1").record()).isEmpty();
  }

  @Test
  void withoutItsOutcomeAMemberIsNotCommittedAndWrittenAnew() throws IOException {
    commitMember(run, "of a process that was killed", 7);
    Files.delete(member.resolve("outcome.json"));

    assertThat(members.find("m1")).isEqualTo(new FoundRecord<>(Optional.empty(), Optional.empty()));
    commitMember(run, "weights", 7);
    assertThat(Files.readString(member.resolve("model.zip"))).isEqualTo("weights");
  }

  @Test
  void anAttemptThatIsOvertakenWritesNoMore() throws IOException {
    members.commit(
        "m1",
        out -> {
          commitMember(run, "first", 1);
          out.write(1);
        },
        PREDICTIONS,
        (model, predictions) -> StoreFixtures.outcome(2, model, predictions));

    assertThat(members.find("m1").record().orElseThrow().file().seed()).isEqualTo(1);
    assertThat(Files.readString(member.resolve("model.zip"))).isEqualTo("first");
  }

  /** As programs wrote them whose outcomes had no checksum inside. */
  @Test
  void aMemberOfFormatVersion1IsReadCheckedAndCopied() throws IOException {
    commitMember(run, "weights", 7);
    String outcome =
        Files.readString(member.resolve("outcome.json"))
            .replaceAll("(?s),\n  \"sha256\" : \"[0-9a-f]{64}\"\n}\n$", "\n}\n")
            .replace("\"format_version\" : 4", "\"format_version\" : 1");
    Files.writeString(member.resolve("outcome.json"), outcome);
    assertThat(members.find("m1").damage().orElseThrow()).contains("outcome.sha256");

    Files.writeString(member.resolve("outcome.sha256"), Checksum.of(outcome) + "  outcome.json\n");
    assertThat(members.find("m1").record().orElseThrow().file().seed()).isEqualTo(7);
    RunDirectory other = StoreFixtures.run(directory.resolve("other"));
    new MemberStore(other).copy("m1", members);
    assertThat(new MemberStore(other).find("m1").record()).isPresent();

    Files.writeString(
        member.resolve("outcome.json"), outcome.replace("\"seed\" : 7", "\"seed\" : 8"));
    assertThat(members.find("m1").damage().orElseThrow()).contains("its SHA-256 is");
  }

  @Test
  void memberOfAnotherPlanIsDamage() throws IOException {
    commitMember(run, "weights", 7);

    assertThat(members.find("m1", 7, List.of(3)).record()).isPresent();
    assertThat(members.find("m1", 8, List.of(3)).record()).isEmpty();
    assertThat(members.find("m1", 7, List.of(3, 4)).damage())
        .contains(
            "file:%s/outcome.json belongs to another plan: its seed is 7 and its tasks are [3] instead of 7 and [3, 4]"
                .formatted(member));
    assertThat(members.find("m2", 7, List.of(3)).damage()).isEmpty();
  }

  @Test
  void outcomeWithoutAKeyIsDamage() throws IOException {
    commitMember(run, "weights", 7);
    StoreFixtures.replaceInSealed(member.resolve("outcome.json"), "model_sha256", "model_rha256");

    assertThat(members.find("m1").damage().orElseThrow())
        .startsWith("file:" + member + "/outcome.json is damaged: ")
        .contains("modelSha256");
  }

  @Test
  void evaluationsOfOtherTasksThanTheMembersAreDamage() throws IOException {
    new MemberStore(run)
        .commit(
            "m1",
            StoreFixtures.text("weights"),
            StoreFixtures.PREDICTIONS,
            (model, predictions) ->
                new MemberFile(
                    MemberFile.FORMAT_VERSION,
                    "m1",
                    List.of(3),
                    7,
                    20,
                    1000,
                    2000,
                    List.of(),
                    model,
                    predictions,
                    null,
                    null,
                    List.of(new MemberFile.Evaluation(10, List.of(0.5), List.of(0.75))),
                    new Computation("torch", "bfloat16", 0)));
    assertThat(members.outcome("m1").computation())
        .isEqualTo(new Computation("torch", "bfloat16", 0));
    assertThat(members.outcome("m1").evaluations())
        .containsExactly(new MemberFile.Evaluation(10, List.of(0.5), List.of(0.75)));
    StoreFixtures.replaceInSealed(member.resolve("outcome.json"), "[ 0.75 ]", "[ 0.75, 0.5 ]");

    assertThat(members.find("m1").damage().orElseThrow())
        .contains("the evaluation after epoch 10 is not of 1 tasks");
  }

  @Test
  void outcomeOfBeforeThereWereEnginesNamesNone() throws IOException {
    commitMember(run, "weights", 7);
    StoreFixtures.replaceInSealed(
        member.resolve("outcome.json"), "\"format_version\" : 4", "\"format_version\" : 3");

    assertThat(members.find("m1").record().orElseThrow().file().computation()).isNull();
  }

  @Test
  void newerOutcomeIsRefused() throws IOException {
    commitMember(run, "weights", 7);
    StoreFixtures.replaceInSealed(
        member.resolve("outcome.json"), "\"format_version\" : 4", "\"format_version\" : 5");

    assertThatThrownBy(() -> members.find("m1"))
        .matches(StoreFixtures::isDataError)
        .hasMessage(
            "file:%s/outcome.json has format version 5, and this program reads up to version 4; use the program that wrote it, or a newer one"
                .formatted(member));
  }

  @Test
  void discardedMemberIsGoneAndCanBeCommittedAgain() throws IOException {
    commitMember(run, "weights", 7);
    Files.delete(member.resolve("model.zip"));

    members.discard("m1");
    assertThat(filesBelow(directory)).isEmpty();

    commitMember(run, "again", 8);
    assertThat(members.find("m1").record()).isPresent();
  }

  @Test
  void whatAnInterruptedAttemptCommittedByHalfIsReplaced() throws IOException {
    commitMember(run, "half", 7);
    Files.delete(member.resolve("model.zip"));

    commitMember(run, "whole", 7);
    assertThat(members.find("m1").damage()).isEmpty();
    assertThat(Files.readString(member.resolve("model.zip"))).isEqualTo("whole");
    assertThat(filesBelow(directory)).hasSize(3);
  }
}
