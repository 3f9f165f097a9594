package org.modelzoo.spark.job.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.SweepConfig;
import org.modelzoo.config.SweepExperiment;
import org.modelzoo.config.SweepLoader;
import org.modelzoo.data.CheckedData;
import org.modelzoo.spark.faults.CountingFs;
import org.modelzoo.spark.faults.FaultyDisk;
import org.modelzoo.spark.job.RunDirectories;

class SweepEntryTest {
  @TempDir private Path directory;

  /** A sweep asks each of its experiments after every one that ends. */
  @Test
  void itsDirectoryIsLookedAtOnceHoweverOftenItIsAsked() {
    SweepEntry entry = entry();
    assertThat(entry.results()).isEmpty();
    assertThat(entry.failure()).isEmpty();

    int before = CountingFs.looks();
    assertThat(entry.results()).isEmpty();
    assertThat(entry.failure()).isEmpty();
    assertThat(CountingFs.looks()).isEqualTo(before);
  }

  @Test
  void aFailureIsRemembered() {
    SweepEntry entry = entry();
    assertThat(entry.failure()).isEmpty();
    entry.remember(
        new ModelZooException(ErrorKind.TRAINING, "diverged"),
        RunDirectories.of(sweep(), CountingFs.configuration()));

    assertThat(entry.failure()).map(SweepFailure::message).hasValue("diverged");
    assertThat(entry().failure()).as("by another driver").isEqualTo(entry.failure());
  }

  private SweepEntry entry() {
    SweepConfig sweep = sweep();
    SweepExperiment first = sweep.experiments().get(0);
    return new SweepEntry(
        first,
        first.config(),
        RunDirectories.of(sweep, CountingFs.configuration()),
        new CheckedData("data", List.of()),
        "");
  }

  private SweepConfig sweep() {
    return SweepLoader.load(
        List.of(),
        List.of(
            "data.set.name=invented",
            "data.set.source.format=synthetic",
            "sweep.name=looked",
            "sweep.axes=[{ name = seed, key = experiment.seed, values = [1, 2] }]",
            "output.directory=\"" + FaultyDisk.uri(directory) + "\""));
  }
}
