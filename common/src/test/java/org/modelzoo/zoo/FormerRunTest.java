package org.modelzoo.zoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.Method;
import org.modelzoo.network.ModelFile;
import org.modelzoo.report.AccuracyMatrixCsv;
import org.modelzoo.report.MetricsCsv;
import org.modelzoo.run.Round;
import org.modelzoo.run.RunHistory;
import org.modelzoo.run.WholeRun;
import org.modelzoo.store.RunDirectory;

/**
 * A finished continual run of two tasks with limited replay, written by a program whose rounds had
 * no scores and whose layers had other names.
 */
class FormerRunTest {
  private static final Path KEPT = Path.of("src/test/resources/former-run");
  private static final List<String> TASKS = List.of("family-1-task-1", "family-1-task-2");

  @TempDir private Path directory;
  private RunDirectory run;

  @BeforeEach
  void copy() throws IOException {
    FileUtils.copyDirectory(KEPT.toFile(), directory.toFile());
    run = RunDirectory.at(directory.toString(), new Configuration());
  }

  @Test
  void itsTablesFollowFromItsRoundsToTheByte() throws IOException {
    assertThat(Files.readString(directory.resolve("rounds/round-001.json")))
        .contains("\"format_version\" : 2");
    RunHistory history = RunHistory.read(run);
    ByteArrayOutputStream metrics = new ByteArrayOutputStream();
    MetricsCsv.write(history, Method.ZOO, TASKS, metrics);
    assertThat(metrics.toString(UTF_8)).isEqualTo(Files.readString(KEPT.resolve("metrics.csv")));
    ByteArrayOutputStream matrix = new ByteArrayOutputStream();
    AccuracyMatrixCsv.write(history.matrix(), TASKS, matrix);
    assertThat(matrix.toString(UTF_8))
        .isEqualTo(Files.readString(KEPT.resolve("accuracy-matrix.csv")));
  }

  @Test
  void itsHeadsAreWeightedByTheReplayRule() {
    assertThat(RunHistory.read(run).members())
        .extracting(Round.Member::headWeights)
        .containsExactly(List.of(2.0), List.of(2.0, 1.0));
    assertThat(WholeRun.damage(run, 2)).isEmpty();
  }

  @Test
  void itsModelsLoad() {
    SavedZoo zoo = SavedZoo.at(directory.toString(), new Configuration());
    zoo.models(
        zoo.manifest(),
        (member, shown, model) -> {
          assertThat(ModelFile.read(new ByteArrayInputStream(model), shown).numParams())
              .isEqualTo(
                  ModelFile.read(
                          new ByteArrayInputStream(model), shown, zoo.manifest().network(member))
                      .length);
        });
  }

  @Test
  void aDamagedMemberLeavesItsRoundWithoutScores() throws IOException {
    Files.write(
        directory.resolve("members/round-001-member-00/predictions.bin"), new byte[] {1, 2});
    assertThatThrownBy(() -> RunHistory.read(run))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("predictions.bin is damaged");
    assertThat(WholeRun.damage(run, 2).orElseThrow()).contains("predictions.bin is damaged");
  }
}
