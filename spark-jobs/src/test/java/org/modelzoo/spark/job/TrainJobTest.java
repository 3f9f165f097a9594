package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.store.LineLog;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

class TrainJobTest {
  @TempDir private Path directory;

  @Test
  void aDriverWithoutMemoryIsShortOfResourcesAndNoBug() throws IOException {
    LoadedConfig config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "experiment.name=run",
                "data.set.name=invented",
                "data.set.source.format=synthetic",
                "output.directory=\"" + directory + "\""));
    RunDirectory run = RunDirectories.of(config.values(), new Configuration());
    TrainJob job = new TrainJob(config, run, new CheckedData("data", List.of()));

    try (RunLease lease = RunLease.take(run, remark -> {})) {
      assertThatThrownBy(() -> job.run(lease, new FullHeap(), event -> {}))
          .isInstanceOfSatisfying(
              ModelZooException.class,
              error -> assertThat(error.kind()).isEqualTo(ErrorKind.CLUSTER))
          .hasMessage(
              "the driver is out of memory: Java heap space; give it more with --driver-memory");
    }
    assertThat(LineLog.ofEvents(run).read())
        .contains("\"event\":\"failed\"")
        .contains("--driver-memory");
  }

  /** A farm in a process whose heap is full. */
  private static final class FullHeap implements Farm {
    @Override
    public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
      throw new OutOfMemoryError("Java heap space");
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void close() {
      // Nothing waits and nothing runs.
    }
  }
}
