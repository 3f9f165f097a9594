package org.modelzoo.spark.job.search;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SearchConfig;
import org.modelzoo.config.TrialResource;
import org.modelzoo.data.CheckedData;
import org.modelzoo.data.DataCheck;
import org.modelzoo.report.StudySummary;
import org.modelzoo.report.TrialsTable;
import org.modelzoo.report.study.ReportedStudy;
import org.modelzoo.report.study.StudyReport;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Study;
import org.modelzoo.search.StudyEvent;
import org.modelzoo.search.StudyLog;
import org.modelzoo.search.StudySettings;
import org.modelzoo.search.Trial;
import org.modelzoo.search.TrialConfiguration;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.LeasedJob;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.spark.job.RunDirectories.Start;
import org.modelzoo.spark.job.RunOpening;
import org.modelzoo.spark.job.RunningReport;
import org.modelzoo.store.LineLog;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/**
 * A search of hyper-parameters in its study directory, whose log is the only memory: the same
 * command continues after the last rung that ended. Runs on the driver.
 */
public final class SearchJob extends LeasedJob {
  private static final long STOP_SECONDS = 5;

  private final LoadedConfig config;
  private final SearchConfig search;
  private final RunDirectory directory;
  private final CheckedData data;
  private final StudySettings settings;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile SearchLoop loop;
  private Optional<String> best;

  /**
   * A job over a study directory; writes nothing yet.
   *
   * @param data the checked input
   * @throws ModelZooException if the directory belongs to something else
   */
  public SearchJob(LoadedConfig config, RunDirectory directory, CheckedData data) {
    this.config = config;
    this.search = config.values().search();
    this.directory = directory;
    this.data = data;
    this.settings =
        StudySettings.of(
            search,
            config.values().experiment().seed(),
            TrialResource.of(config.values()).maximum());
    opening().check(directory);
    opening().requireSameStart(directory, () -> finished().isPresent());
  }

  /**
   * The job of a configuration, in the directory that it names.
   *
   * @throws ModelZooException if data is missing or the directory belongs to something else
   */
  public static SearchJob of(LoadedConfig given, Start start, Configuration hadoop) {
    LoadedConfig config = Locations.qualified(given, hadoop);
    return new SearchJob(
        config,
        RunDirectories.of(config.values(), start, hadoop),
        DataCheck.check(config.values().data(), hadoop));
  }

  @Override
  public String name() {
    return config.values().experiment().name();
  }

  @Override
  protected String label() {
    return name();
  }

  @Override
  public ModelZooConfig config() {
    return config.values();
  }

  @Override
  public RunDirectory directory() {
    return directory;
  }

  private RunOpening opening() {
    return RunOpening.ofSearch(config, data);
  }

  /** What there is to do, and what it may take. */
  public SearchPlan plan() {
    return new SearchPlan(config.values(), settings, known());
  }

  /** The study as its log tells, to look at; empty if there is none. */
  private Optional<Study> known() {
    List<StudyEvent> past = events(LineLog.ofStudy(directory).read());
    return past.isEmpty() ? Optional.empty() : Optional.of(Study.read(settings, past));
  }

  private List<StudyEvent> events(String log) {
    return StudyLog.parse(log, directory.path("log").toString());
  }

  /**
   * The best trials, if the study is finished with these limits and known trials, and its files say
   * so. Looked up for the first answer only: after that this driver alone works on it.
   */
  private Optional<String> best() {
    if (best == null) {
      best = finished().map(this::table);
    }
    return best;
  }

  private Optional<Study> finished() {
    return known().filter(study -> isFinished(study) && isWritten(study));
  }

  @Override
  public boolean isFinished() {
    return best().isPresent();
  }

  @Override
  public String results() {
    String place = directory.location();
    return best().orElse("not finished\n")
        + "study directory    %s\nbest configuration %s/best.conf\n".formatted(place, place);
  }

  private boolean isFinished(Study study) {
    return study.isFinished()
        && study.limits().equals(settings.limits())
        && search.queue().stream().allMatch(study::isEnqueued);
  }

  /** A search that was killed after its last rung has files of an earlier time. */
  private boolean isWritten(Study study) {
    return summary().filter(StudySummary.of(config.values(), study)::isAsFarAs).isPresent();
  }

  /**
   * Trains what is missing.
   *
   * @param lease of the study directory
   * @throws ModelZooException when cluster or directory fail, or the job is stopped; what was
   *     finished is kept
   */
  @Override
  public void run(RunLease lease, Farm farm, RunListener watch) {
    Consumer<String> remarks = remark -> watch.on(new RunEvent.Remark(name(), remark));
    RunDirectory held = lease.fence(directory);
    search.warnings().forEach(remarks);
    opening().open(held).ifPresent(remarks);
    Study study = open(held);
    held.deleteUnfinished();
    SearchFiles files = new SearchFiles(config, held, study);
    files.sweep();
    RunningReport report =
        new RunningReport(
            held,
            images -> StudyReport.of(ReportedStudy.of(config.values(), settings, study)),
            remarks);
    RunListener listener =
        event -> {
          watch.on(event);
          if (event instanceof RunEvent.StudyProgressed) {
            report.update();
          }
        };
    SearchNews news = new SearchNews(config.values(), study, listener);
    news.opened(directory.location());
    loop =
        new SearchLoop(
            study,
            search.attempts(),
            training(held, farm, listener),
            trialsAtOnce(farm),
            files,
            news);
    try (report) {
      loop.run();
    } catch (RuntimeException e) {
      writeAfter(e, files);
      news.closed(Optional.of(String.valueOf(e.getMessage())));
      throw e;
    } finally {
      over.countDown();
    }
    files.sweep();
    files.write();
    news.closed(Optional.empty());
    best = Optional.of(table(study));
  }

  /** The study of the log, with the known trials queued. */
  private Study open(RunDirectory held) {
    requireLog();
    LineLog log = LineLog.ofStudy(held);
    log.open();
    Study study =
        Study.open(
            settings,
            events(log.read()),
            new SteadyClock(),
            event -> log.add(StudyLog.line(event)));
    search.queue().forEach(study::enqueue);
    return study;
  }

  private Optional<StudySummary> summary() {
    return directory
        .find(SearchFiles.SUMMARY, StudySummary.class, StudySummary.FORMAT_VERSION)
        .record();
  }

  /** The summary is written from the log: one that knows of rungs is proof that they were there. */
  private void requireLog() {
    int rungs = summary().map(StudySummary::rungs).orElse(0);
    if (rungs > 0 && LineLog.ofStudy(directory).read().isEmpty()) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "the log of the study in %s is lost: %s tells of %d rungs, but log/ is empty; put back a copy of log/, or start a new study beside it with --fresh"
              .formatted(directory.location(), SearchFiles.SUMMARY, rungs));
    }
  }

  /** A trial may have another method than the experiment. */
  private Function<Trial, CompletableFuture<RungOutcome>> training(
      RunDirectory held, Farm farm, RunListener listener) {
    MemberTrials members = new MemberTrials(config.values(), held, farm, listener);
    ZooTrials zoos = new ZooTrials(config.values(), held, farm, listener);
    return trial -> {
      LoadedConfig values = TrialConfiguration.of(config, trial.parameters());
      return values.values().experiment().method() == Method.ZOO
          ? zoos.start(trial, values)
          : members.start(trial, values);
    };
  }

  private static void writeAfter(RuntimeException error, SearchFiles files) {
    try {
      files.write();
    } catch (RuntimeException e) {
      error.addSuppressed(e);
    }
  }

  /** As many as fill the slots. */
  private IntSupplier trialsAtOnce(Farm farm) {
    ModelZooConfig values = config.values();
    int members =
        switch (values.experiment().method()) {
          case ISOLATED -> values.data().set().tasks().size();
          case ZOO -> values.zoo().membersPerRound() * (1 + values.zoo().lookahead());
          default -> 1;
        };
    int most = values.cluster().membersAtOnce();
    return () -> {
      int slots = most > 0 ? Math.min(most, farm.slots()) : farm.slots();
      return Math.max(1, slots / members + (slots % members > 0 ? 1 : 0));
    };
  }

  /** Ends {@link #run} from another thread, and returns when it has written its tables. */
  @Override
  public void stop() {
    SearchLoop running = loop;
    if (running != null) {
      running.stop();
      try {
        var unused = over.await(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String table(Study study) {
    return TrialsTable.of(config.values(), study);
  }
}
