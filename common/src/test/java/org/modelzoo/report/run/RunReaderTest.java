package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.Score;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

class RunReaderTest {
  @TempDir private Path directory;

  @Test
  void readsWhatARunLeft() throws Exception {
    ReportedRun run = RunReader.read(RunFixture.finished(directory).directory);
    assertThat(run.isFinished()).isTrue();
    assertThat(run.tasks()).isEqualTo(RunFixture.TASKS);
    assertThat(run.rounds()).hasSize(2);
    assertThat(run.members()).hasSize(3);
    assertThat(run.accuracy("trees, tall")).isEqualTo(.5625);
    assertThat(run.history().members().get(1).score(2, Split.TEST)).contains(new Score(.5, 1));
    assertThat(run.damages()).isEmpty();
  }

  @Test
  void aRunThatJustBeganHasItsConfigurationAlone() throws Exception {
    RunFixture fixture = new RunFixture(directory, "zoo", RunFixture.config(directory));
    ReportedRun run = RunReader.read(fixture.directory);
    assertThat(run.isFinished()).isFalse();
    assertThat(run.isMeasured()).isFalse();
    assertThat(run.tasks()).isEqualTo(RunFixture.TASKS);
  }

  @Test
  void tablesAreNotRead() throws Exception {
    RunFixture.twoRounds(directory);
    Files.writeString(directory.resolve("accuracy-matrix.csv"), "round,birds\n0,many\n");
    Files.writeString(directory.resolve("metrics.csv"), "round\n0\n");
    ReportedRun run = RunReader.read(at(directory));
    assertThat(run.matrix().accuracy(1, 0)).isEqualTo(.875);
    assertThat(run.damages()).isEmpty();
  }

  @Test
  void damagedFilesAreNamedAndLeftOut() throws Exception {
    RunFixture.finished(directory);
    Files.writeString(directory.resolve("rounds/round-001.json"), "{}");
    Files.writeString(directory.resolve("summary.json"), "{}");
    Files.writeString(directory.resolve("compaction.json"), "{}");
    Files.writeString(directory.resolve("members/round-000-member-00/outcome.json"), "{}");
    ReportedRun run = RunReader.read(at(directory));
    assertThat(run.damages())
        .hasSize(4)
        .anyMatch(it -> it.contains("compaction.json is damaged"))
        .anyMatch(it -> it.contains("round-001.json is damaged"))
        .anyMatch(it -> it.contains("summary.json is damaged"))
        .anyMatch(it -> it.contains("outcome.json is damaged"));
    assertThat(run.rounds()).hasSize(1);
    assertThat(run.accuracy("birds")).isEqualTo(.75);
    assertThat(run.members()).hasSize(1);
  }

  @Test
  void sizesThatANewerProgramWroteAreLeftOut() throws Exception {
    RunFixture.finished(directory);
    Files.writeString(directory.resolve("compaction.json"), "{\"format_version\": 99}");
    ReportedRun run = RunReader.read(at(directory));
    assertThat(run.compaction()).isEmpty();
    assertThat(run.damages()).singleElement().asString().contains("compaction.json", "99");
  }

  @Test
  void aDirectoryWithoutARunIsRefused() {
    assertThatThrownBy(() -> RunReader.read(at(directory)))
        .isInstanceOfSatisfying(
            ModelZooException.class,
            error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("no run.json");
  }

  @Test
  void aDirectoryOfSomethingElseIsRefused() {
    new RunFixture(directory, "search", RunFixture.config(directory));
    assertThatThrownBy(() -> RunReader.read(at(directory)))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("holds no run but a search");
  }

  private static RunDirectory at(Path path) {
    return RunDirectory.at(path.toString(), new Configuration());
  }
}
