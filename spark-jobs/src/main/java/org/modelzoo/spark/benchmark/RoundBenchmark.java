package org.modelzoo.spark.benchmark;

import java.util.Comparator;
import java.util.List;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.benchmark.BenchmarkCase;
import org.modelzoo.benchmark.BenchmarkKind;
import org.modelzoo.benchmark.BenchmarkResult;
import org.modelzoo.benchmark.CaseProcess;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.network.Device;
import org.modelzoo.network.Machine;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.run.Round;
import org.modelzoo.run.RunHistory;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.RunEstimate;
import org.modelzoo.spark.job.TrainJob;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.MemberStore.Member;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberTraining;

/**
 * Measures what {@link RoundResult} defines: trains a zoo on the farm as {@code train} does, and
 * before and after it the bare steps of as many members at once in a JVM of their own. Runs on the
 * driver, over slots of this machine.
 */
public final class RoundBenchmark {
  private final LoadedConfig config;
  private final RunDirectory run;
  private final CheckedData data;
  private final int threads;
  private final int seconds;

  /**
   * A benchmark.
   *
   * @param run an empty run directory
   * @param data that was checked
   * @param threads of each member
   * @param seconds of each measurement of bare steps
   * @throws ModelZooException (configuration) if rounds overlap, by {@code zoo.lookahead}
   */
  public RoundBenchmark(
      LoadedConfig config, RunDirectory run, CheckedData data, int threads, int seconds) {
    requireOneRoundAtATime(config.values());
    this.config = config;
    this.run = run;
    this.data = data;
    this.threads = threads;
    this.seconds = seconds;
  }

  /**
   * Measures.
   *
   * @throws org.modelzoo.base.ModelZooException when training or a measurement fails
   */
  public RoundResult run(Farm farm) {
    int membersAtOnce = config.values().cluster().membersAtOnce();
    int slots = membersAtOnce > 0 ? Math.min(membersAtOnce, farm.slots()) : farm.slots();
    BareTimes before = bare(slots);
    RoundClock clock = new RoundClock();
    TrainJob job = new TrainJob(config, run, data);
    try (job) {
      job.open(clock);
      job.run(farm, clock);
    }
    BareTimes after = bare(slots);
    BareTimes mean =
        new BareTimes(
            mean(before.training(), after.training()),
            mean(before.evaluation(), after.evaluation()),
            slots);
    return result(before, mean, after, rounds(clock, mean));
  }

  /** The time of rounds that overlap can't be told apart. */
  private static void requireOneRoundAtATime(ModelZooConfig config) {
    int lookahead = config.zoo().lookahead();
    if (lookahead > 0 && config.experiment().method() == Method.ZOO) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "zoo.lookahead = %d: must be 0 where rounds are measured one by one; add --set zoo.lookahead=0"
              .formatted(lookahead));
    }
  }

  private BareTimes bare(int slots) {
    ModelZooConfig values = config.values();
    RunEstimate estimate = RunEstimate.of(values, values.experiment().method());
    NetworkSpec network = estimate.largestNetwork(values);
    int perRound = (int) Math.ceil((double) estimate.members() / estimate.rounds());
    int atOnce = Math.min(slots, perRound);
    return new BareTimes(
        measure(BenchmarkKind.TRAINING, network, values.training().batchSize(), atOnce),
        measure(BenchmarkKind.EVALUATION, network, MemberTraining.EVALUATION_BATCH, atOnce),
        slots);
  }

  private BenchmarkResult measure(BenchmarkKind kind, NetworkSpec network, int batch, int atOnce) {
    ModelZooConfig values = config.values();
    Device device =
        values.cluster().gpusPerMember() > 0 ? new Device(0, threads) : Device.processor(threads);
    return CaseProcess.measure(
        new BenchmarkCase(
            kind,
            network,
            batch,
            atOnce,
            seconds,
            values.network().engine(),
            values.training().precision(),
            device));
  }

  private static BenchmarkResult mean(BenchmarkResult one, BenchmarkResult other) {
    return one.withStepMs((one.stepMsMedian() + other.stepMsMedian()) / 2);
  }

  private List<RoundResult.Round> rounds(RoundClock clock, BareTimes bare) {
    return RunHistory.read(run).rounds().stream().map(round -> round(round, clock, bare)).toList();
  }

  private RoundResult.Round round(Round file, RoundClock clock, BareTimes bare) {
    List<Member> members = file.trained().stream().map(member -> read(member.id())).toList();
    Member last =
        members.stream()
            .max(Comparator.comparingLong(member -> clock.reported(member.file().id())))
            .orElseThrow();
    long begun = clock.begun(file.round());
    long reported = clock.reported(last.file().id());
    long committed = clock.committed(file.round());
    double wall = (committed - begun) / 1e3;
    double bareSeconds = bare.roundSeconds(members);
    return new RoundResult.Round(
        file.round(),
        members.stream().mapToLong(member -> member.file().trainImages()).sum(),
        wall,
        bareSeconds,
        bareSeconds / wall,
        (last.file().startedMillis() - begun) / 1e3,
        (last.file().finishedMillis() - last.file().startedMillis()) / 1e3,
        bare.trainingSeconds(last),
        (reported - last.file().finishedMillis()) / 1e3,
        bare.evaluationSeconds(last),
        (committed - reported) / 1e3);
  }

  private Member read(String id) {
    return new MemberStore(run).find(id).record().orElseThrow();
  }

  private RoundResult result(
      BareTimes before, BareTimes mean, BareTimes after, List<RoundResult.Round> rounds) {
    List<RoundResult.Round> counted = rounds.size() > 1 ? rounds.subList(1, rounds.size()) : rounds;
    double wall = counted.stream().mapToDouble(RoundResult.Round::wallSeconds).sum();
    double bare = counted.stream().mapToDouble(RoundResult.Round::bareSeconds).sum();
    long images = counted.stream().mapToLong(RoundResult.Round::trainImages).sum();
    BenchmarkResult steps = mean.training();
    return new RoundResult(
        RoundResult.FORMAT_VERSION,
        "round",
        steps.network(),
        steps.batch(),
        steps.members(),
        steps.threads(),
        images / wall,
        steps.stepMsMedian(),
        before.training().stepMsMedian(),
        after.training().stepMsMedian(),
        mean.evaluation().stepMsMedian(),
        wall,
        bare,
        bare / wall,
        Machine.peakResidentMegabytes(),
        steps.processor(),
        steps.cores(),
        steps.java(),
        steps.backend(),
        steps.version(),
        rounds);
  }
}
