package org.modelzoo.spark.job.sweep;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SweepConfig;
import org.modelzoo.config.SweepExperiment;
import org.modelzoo.data.CheckedData;
import org.modelzoo.data.DataCheck;
import org.modelzoo.report.SweepCsv;
import org.modelzoo.report.SweepResult;
import org.modelzoo.report.SweepTable;
import org.modelzoo.report.sweep.SweepFile;
import org.modelzoo.report.sweep.SweepReport;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.LeasedJob;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.spark.job.RunningReport;
import org.modelzoo.spark.job.SharedCluster;
import org.modelzoo.spark.job.Throttle;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/**
 * Runs the experiments of a sweep side by side on one farm, each in its own run directory inside
 * the sweep's. The directory is the only memory: the same command runs what is missing. Runs on the
 * driver.
 */
public final class SweepJob extends LeasedJob {
  private final SweepConfig sweep;
  private final RunDirectory directory;
  private final List<SweepEntry> entries = new ArrayList<>();
  private final Failed failed;
  private List<ModelZooException> errors = List.of();
  private final ModelZooConfig shared;
  private final Throttle throttle = new Throttle(System::nanoTime);

  /**
   * A job over a sweep; reads its data's sizes, writes nothing yet.
   *
   * @param directory the sweep's
   * @param prefix of its experiments' names in progress and in Spark's pages
   * @param failed what to do with experiments that failed before
   * @throws ModelZooException if data is missing or an experiment's directory belongs to something
   *     else
   */
  public SweepJob(
      SweepConfig sweep,
      RunDirectory directory,
      Configuration hadoop,
      String prefix,
      Failed failed) {
    this.failed = failed;
    this.sweep = sweep;
    this.directory = directory;
    this.shared =
        SharedCluster.of(sweep.experiments().stream().map(it -> it.config().values()).toList())
            .orElseThrow(
                () ->
                    new ModelZooException(
                        ErrorKind.CONFIGURATION,
                        "the experiments of sweep %s differ in section cluster, %s; take other keys out of the axes"
                            .formatted(sweep.name(), SharedCluster.RULE)));
    requireShared("output", ModelZooConfig::output);
    requireShared("trackers", ModelZooConfig::trackers);
    Map<DataConfig, CheckedData> checked = new LinkedHashMap<>();
    for (SweepExperiment experiment : sweep.experiments()) {
      LoadedConfig qualified = Locations.qualified(experiment.config(), hadoop);
      CheckedData data =
          checked.computeIfAbsent(
              qualified.values().data(), config -> DataCheck.check(config, hadoop));
      entries.add(new SweepEntry(experiment, qualified, directory, data, prefix));
    }
  }

  /** All experiments run in one application and one directory. */
  private void requireShared(String section, Function<ModelZooConfig, Object> part) {
    if (sweep.experiments().stream()
            .map(experiment -> part.apply(experiment.config().values()))
            .distinct()
            .count()
        > 1) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "the experiments of sweep %s differ in section %s, which must be the same for all of them; take its keys out of the axes"
              .formatted(sweep.name(), section));
    }
  }

  /** What there is to do, and what it may take. */
  public SweepPlan plan() {
    return SweepPlan.of(entries);
  }

  /**
   * The job of a sweep, in the directory that its configuration names.
   *
   * @see #SweepJob
   */
  public static SweepJob of(SweepConfig sweep, Configuration hadoop, String prefix, Failed failed) {
    return new SweepJob(sweep, RunDirectories.of(sweep, hadoop), hadoop, prefix, failed);
  }

  @Override
  public String name() {
    return sweep.name();
  }

  @Override
  protected String label() {
    return name();
  }

  @Override
  public ModelZooConfig config() {
    return shared;
  }

  @Override
  public RunDirectory directory() {
    return directory;
  }

  /** Whether there is no experiment to run, and its results are written. */
  @Override
  public boolean isFinished() {
    return errors.isEmpty() && open().isEmpty() && resultsAreWritten();
  }

  private List<SweepEntry> open() {
    return entries.stream()
        .filter(entry -> !entry.isFinished())
        .filter(entry -> failed == Failed.RETRY || entry.failure().isEmpty())
        .toList();
  }

  /**
   * Runs what is missing; an experiment that fails doesn't stop the others, see {@link #failure}.
   *
   * @param lease of the sweep's directory
   */
  @Override
  public void run(RunLease lease, Farm farm, RunListener listener) {
    listener.on(new RunEvent.SweepStarted(sweep.name(), directory.location()));
    errors = train(open(), lease.fence(directory), farm, listener);
    listener.on(
        new RunEvent.SweepEnded(sweep.name(), failure().map(ModelZooException::getMessage)));
  }

  private List<ModelZooException> train(
      List<SweepEntry> open, RunDirectory held, Farm farm, RunListener listener) {
    int limit = sweep.experimentsAtOnce() > 0 ? sweep.experimentsAtOnce() : farm.slots();
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(limit, open.size())));
    RunningReport report =
        new RunningReport(
            held,
            images -> SweepReport.of(held, SweepFile.of(sweep)),
            remark -> listener.on(new RunEvent.Remark(sweep.name(), remark)));
    try (report) {
      List<CompletableFuture<Optional<ModelZooException>>> running =
          open.stream()
              .map(
                  entry ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            Optional<ModelZooException> error = train(entry, held, farm, listener);
                            report.update();
                            return error;
                          },
                          threads))
              .toList();
      return running.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
    } finally {
      threads.shutdown();
      writeResults(held);
    }
  }

  private Optional<ModelZooException> train(
      SweepEntry entry, RunDirectory held, Farm farm, RunListener listener) {
    try {
      entry.train(farm, listener);
      writeResultsIfDue(held);
      return Optional.empty();
    } catch (RuntimeException | OutOfMemoryError error) {
      ModelZooException e = ModelZooException.of(error);
      listener.on(new RunEvent.Remark(entry.label(), "failed: " + e.getMessage()));
      if (e.kind() == ErrorKind.CLUSTER) {
        // No property of the experiment: the next command tries again.
        return Optional.of(e);
      }
      entry.remember(e, held);
      return Optional.empty();
    }
  }

  private synchronized void writeResults(RunDirectory held) {
    resultFiles().forEach(held::write);
  }

  private synchronized void writeResultsIfDue(RunDirectory held) {
    throttle.run(() -> writeResults(held));
  }

  /** What a sweep that was killed, or compared by another baseline, has of an earlier time. */
  private boolean resultsAreWritten() {
    return resultFiles().entrySet().stream()
        .allMatch(
            file -> directory.findText(file.getKey()).equals(Optional.of(text(file.getValue()))));
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  private Map<String, byte[]> resultFiles() {
    List<SweepResult> results = finished();
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("results.csv", SweepCsv.of(sweep.axisNames(), results));
    files.put("results.md", table(results).markdown().getBytes(StandardCharsets.UTF_8));
    files.put(SweepFile.NAME, Json.write(SweepFile.of(sweep)));
    return files;
  }

  /** Experiments that failed by themselves and were not finished since, with their reasons. */
  private List<SweepFailure> failures() {
    return entries.stream()
        .filter(entry -> !entry.isFinished())
        .map(SweepEntry::failure)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The first error of the cluster, after which the same command tries again; else what to say of
   * experiments that failed by themselves.
   */
  @Override
  public Optional<ModelZooException> failure() {
    List<SweepFailure> failures = failures();
    return errors.stream()
        .findFirst()
        .or(() -> failures.stream().findFirst().map(first -> failure(first, failures)));
  }

  private ModelZooException failure(SweepFailure first, List<SweepFailure> failures) {
    return new ModelZooException(
        first.kind(),
        "%d of %d experiments failed, first %s: %s; correct it, or run them again with --retry-failed"
            .formatted(failures.size(), entries.size(), first.experiment(), first.message()));
  }

  @Override
  public String results() {
    return table(finished()).text() + "sweep directory    %s\n".formatted(directory.location());
  }

  private SweepTable table(List<SweepResult> results) {
    return new SweepTable(
        sweep.axisNames(), sweep.repeats(), sweep.baseline(), sweep.task(), results);
  }

  private List<SweepResult> finished() {
    return entries.stream().flatMap(entry -> entry.results().stream()).toList();
  }

  /** What to do with experiments that failed before. */
  public enum Failed {
    SKIP,
    RETRY
  }
}
