package org.modelzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.data.LabelledImages;

/** Archives that were made to do harm to whoever uses them, or were damaged. */
class HostileArchiveTest {
  private static final String FIRST = "members/round-000-member-00/model.zip";

  @TempDir private static Path run;
  private static Map<String, byte[]> good;

  @TempDir private Path directory;
  private Map<String, byte[]> entries;

  @BeforeAll
  static void train() {
    good =
        ZooFixtures.entries(
            SavedZoo.at(ZooFixtures.train(run.resolve("small")).uri(), ZooFixtures.HADOOP));
  }

  @BeforeEach
  void copy() {
    entries = new LinkedHashMap<>(good);
  }

  @Test
  void theUntouchedArchivePredictsAsTheRun() throws IOException {
    LabelledImages images = ZooFixtures.images(0).test();
    try (Zoo fromRun = Zoo.load(run.resolve("small").toString());
        Zoo fromArchive = Zoo.load(write().toString())) {
      assertThat(fromArchive.manifest()).isEqualTo(fromRun.manifest());
      assertThat(fromArchive.ensemble(0, images).probabilities())
          .isEqualTo(fromRun.ensemble(0, images).probabilities());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"round-000-member-00\" | \"../../.bashrc\" | no zoo has a member ../../.bashrc",
        "\"height\" : 8 | \"height\" : 2000000000 | no zoo has images of 2000000000×8×3",
        "\"channels\" : 3 | \"channels\" : -3 | no zoo has images of 8×8×-3",
        "\"weight\" : 2.0 | \"weight\" : -1 | no zoo has a head of weight -1.0",
        "\"task\" : 0 | \"task\" : 7 | with a head for task 7",
        "wrn-10-1 | wrn-10-x | network \"wrn-10-x\" is not known",
        "family-1-task-1 | family-1-task-2 | no zoo has two tasks named family-1-task-2",
        "\"deviation\" : 0.25 | \"deviation\" : 0 | no zoo has a normalisation",
        "\"format_version\" : 2 | \"format_version\" : 99 | has format version 99",
      })
  void manifestsOfNoZooAreRefused(String old, String replacement, String message)
      throws IOException {
    entries.put(
        ZooArchive.MANIFEST,
        ZooFixtures.changed(entries.get(ZooArchive.MANIFEST), old, replacement));
    assertThat(refused(write())).hasMessageContaining(message);
  }

  @Test
  void namesOfEntriesAreOnlyCompared() throws IOException {
    entries.put("../../escaped", new byte[] {1});
    assertThat(refused(write())).hasMessageContaining("it has an entry ../../escaped that no zoo");
    assertThat(directory.resolve("../../escaped")).doesNotExist();
    entries = new LinkedHashMap<>(good);
    entries.remove(FIRST);
    assertThat(refused(write()))
        .hasMessageContaining(
            "it has an entry members/round-001-member-00/model.zip where " + FIRST);
  }

  @Test
  void aModelThatIsNotTheManifestsIsRefusedBeforeItIsLoaded() throws IOException {
    entries.put(FIRST, entries.get("members/round-001-member-00/model.zip"));
    assertThat(refused(write())).hasMessageContaining("the SHA-256 of its entry " + FIRST);
  }

  @Test
  void aModelOfAnotherNetworkIsRefusedThoughItsChecksumIsRight() throws IOException {
    entries.put(
        ZooArchive.MANIFEST,
        ZooFixtures.changed(entries.get(ZooArchive.MANIFEST), "wrn-10-1", "wrn-10-2"));
    assertThat(refused(write())).hasMessageContaining("parameters");
  }

  @Test
  void anEntryThatUnpacksToMoreThanItMayIsRefused() throws IOException {
    entries.put(FIRST, new byte[80 << 20]);
    Path archive = write();
    assertThat(Files.size(archive)).as("a small file").isLessThan(2 << 20);
    assertThat(refused(archive)).hasMessageContaining("is longer than");
  }

  @Test
  void aManifestThatWasChangedWithoutItsChecksumIsRefused() throws IOException {
    byte[] manifest = entries.get(ZooArchive.MANIFEST).clone();
    manifest[manifest.length / 2] ^= 1;
    entries.put(ZooArchive.MANIFEST, manifest);
    assertThat(refused(write())).hasMessageContaining("its SHA-256 is");
  }

  @Test
  void truncatedArchivesAndOtherFilesAreRefused() throws IOException {
    byte[] whole = ZooFixtures.zip(entries);
    for (int length : new int[] {0, 100, whole.length / 2}) {
      Path part = Files.write(directory.resolve("part.zip"), Arrays.copyOf(whole, length));
      assertThat(refused(part)).hasMessageContaining("part.zip");
    }
    assertThat(refused(Files.writeString(directory.resolve("text.zip"), "no zip at all")))
        .hasMessageContaining("it has no entry zoo.json");
  }

  private Path write() throws IOException {
    return Files.write(directory.resolve("zoo.zip"), ZooFixtures.zip(entries));
  }

  private static Throwable refused(Path archive) {
    Throwable error = catchThrowable(() -> Zoo.load(archive.toString()).close());
    assertThat(error).isInstanceOf(ModelZooException.class);
    assertThat(((ModelZooException) error).kind()).isEqualTo(ErrorKind.DATA);
    return error;
  }
}
