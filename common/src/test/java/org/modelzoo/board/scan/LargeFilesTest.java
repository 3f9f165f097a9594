package org.modelzoo.board.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.board.BoardIndex;
import org.modelzoo.board.Order;
import org.modelzoo.report.run.RunFixture;
import org.modelzoo.report.study.StudyReport;
import org.modelzoo.zoo.SavedZoo;

/** Files that somebody made too large to be read as a whole. */
@Timeout(300)
class LargeFilesTest {
  private static final String REFUSAL = "it has more than 33,554,432 bytes";
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path directory;

  private final BoardIndex index = new BoardIndex();
  private BoardRoot root;

  @BeforeEach
  void start() throws Exception {
    RunFixture.finished(directory.resolve("run"));
    root = BoardRoot.start(directory.toString(), HADOOP, index);
    assertThat(root.awaitFirstLook(Duration.ofSeconds(60))).isTrue();
  }

  @AfterEach
  void close() {
    root.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "summary.json",
        "rounds/round-000.json",
        "rounds/round-001.json",
        "members/round-000-member-00/outcome.json"
      })
  void theReportSaysWhichRecordWasNotRead(String name) throws Exception {
    spaces(directory.resolve("run").resolve(name));
    assertThat(EntrySections.read(entry(), List.of(), HADOOP).toString())
        .contains(name + " is damaged: " + REFUSAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.json", "config.conf"})
  void thereIsNoReportWithoutIdentityOrConfiguration(String name) throws Exception {
    SeenEntry entry = entry();
    spaces(directory.resolve("run").resolve(name));
    assertThatThrownBy(() -> EntrySections.read(entry, List.of(), HADOOP))
        .isInstanceOf(ModelZooException.class)
        .matches(error -> ((ModelZooException) error).kind() == ErrorKind.DATA)
        .hasMessageContaining(name + " is damaged: " + REFUSAL);
    assertThat(EntryDetails.read(entry, id -> Optional.empty()).files()).isNotEmpty();
  }

  @Test
  void recordsLargerThanTheMemoryDoNoHarm() throws Exception {
    SeenEntry entry = entry();
    String outcome = "run/members/round-000-member-00/outcome.json";
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(outcome).toFile(), "rw")) {
      file.setLength(16L << 30);
    }
    assertThat(EntrySections.read(entry, List.of(), HADOOP).toString()).contains(REFUSAL);
    assertThatThrownBy(() -> SavedZoo.of(entry.directory().orElseThrow()).manifest())
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining(REFUSAL);
  }

  @Test
  void theLogOfAStudyIsBoundedAsARecordIs() throws Exception {
    Path run = directory.resolve("run");
    Files.createDirectories(run.resolve("log"));
    for (int part = 0; part < 2; part++) {
      spaces(run.resolve("log/000001-00000" + part + ".jsonl"));
    }
    Files.writeString(
        run.resolve("run.json"),
        Files.readString(run.resolve("run.json"))
            .replace("\"format_version\" : 2", "\"format_version\" : 1")
            .replace("\"method\" : \"zoo\"", "\"method\" : \"search\"")
            .replaceAll(",\\s*\"sha256\" : \"[0-9a-f]+\"", ""));
    SeenEntry study = entry();
    assertThatThrownBy(() -> StudyReport.findContent(study.directory().orElseThrow()))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("log is damaged: it has 83,886,080 bytes, more than the 33,554,432");
  }

  private SeenEntry entry() {
    String id = index.page(entry -> true, Order.of("name"), 0, 1).entries().get(0).id();
    return root.find(id).orElseThrow();
  }

  /** 40 MB of them, which JSON allows before a value. */
  private static void spaces(Path file) throws IOException {
    byte[] megabyte = new byte[1 << 20];
    Arrays.fill(megabyte, (byte) ' ');
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 40; i++) {
        out.write(megabyte);
      }
    }
  }
}
