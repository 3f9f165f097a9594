package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.data.DataCheck;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/** A run whose first round a former program committed, in a format without scores. */
class FormerRunTest {
  private static final Path KEPT = Path.of("../common/src/test/resources/former-run");
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path directory;

  @Test
  void continuesToTheSameTables() throws IOException {
    FileUtils.copyDirectory(KEPT.toFile(), directory.toFile());
    for (String file :
        List.of("rounds/round-001.json", "summary.json", "metrics.csv", "accuracy-matrix.csv")) {
      Files.delete(directory.resolve(file));
    }
    RunDirectory run = RunDirectory.at(directory.toString(), HADOOP);
    LoadedConfig config = ConfigLoader.parse(run.configuration(), "config.conf");
    TrainJob job = new TrainJob(config, run, DataCheck.check(config.values().data(), HADOOP));
    List<RunEvent> events = new ArrayList<>();

    // Its members are all trained: a farm that was asked for one would fail.
    try (RunLease lease = RunLease.take(run, remark -> {});
        InventingFarm farm = new InventingFarm(1, 1)) {
      job.run(lease, farm, events::add);
      assertThat(farm.roundsInFlight()).isEmpty();
    }

    for (String table : List.of("metrics.csv", "accuracy-matrix.csv")) {
      assertThat(directory.resolve(table)).hasSameTextualContentAs(KEPT.resolve(table));
    }
    assertThat(Files.readString(directory.resolve("rounds/round-000.json")))
        .as("what was committed stays as it is")
        .contains("\"format_version\" : 2");
    assertThat(Files.readString(directory.resolve("rounds/round-001.json")))
        .contains("\"format_version\" : 3", "\"head_weights\" : [ 2.0, 1.0 ]");
    assertThat(events.get(0))
        .isInstanceOfSatisfying(
            RunEvent.Started.class, started -> assertThat(started.roundsDone()).isEqualTo(1));
  }
}
