package org.modelzoo.spark.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Study;
import org.modelzoo.search.StudyLog;
import org.modelzoo.search.StudySettings;
import org.modelzoo.search.Trial;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.spark.job.search.SearchJob;
import org.modelzoo.store.RunDirectory;

/** A search by successive halving on a local disk, of trials that do no work. */
final class ScaleSearch {
  private static final int EPOCHS = 100;

  private final LoadedConfig config;
  private final RunDirectory study;

  /**
   * @param directory for its study
   */
  ScaleSearch(int trials, Path directory) {
    config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "experiment.name=scale",
                "experiment.method=multi-head",
                "training.epochs=" + EPOCHS,
                "search.trials=" + trials,
                "search.sampler.method=random",
                "search.scheduler={ method = asha, grace-period = 2, reduction-factor = 3 }",
                "search.space={ \"training.learning-rate\" { log-uniform = [1e-4, 1e-1] } }",
                "output.directory=\"" + directory.toUri() + "\""));
    study = RunDirectories.of(config.values(), new Configuration());
  }

  /** Runs it to the end, or opens it where it is finished. */
  String run(Farm farm) {
    SearchJob job = new SearchJob(config, study, new CheckedData("none", List.of()));
    try (job) {
      job.open(event -> {});
      job.run(farm, event -> {});
    }
    return job.results();
  }

  /** Where its page is. */
  Path report() {
    return Path.of(study.path("report.html").toUri());
  }

  /** Leaves the log of the whole search, as if it had been killed after its last event. */
  void writeLog() {
    StringBuilder log = new StringBuilder();
    StudySettings settings =
        StudySettings.of(config.values().search(), config.values().experiment().seed(), EPOCHS);
    Study invented =
        Study.open(
            settings, List.of(), new SteadyClock(), event -> log.append(StudyLog.line(event)));
    for (Optional<Trial> trial = invented.ask(); trial.isPresent(); trial = invented.ask()) {
      double loss = InventedRungs.loss(trial.get().number(), trial.get().rung().to());
      invented.tell(trial.get(), RungOutcome.finished(loss, 1, 0.001));
    }
    study.write("log/000001-000000.jsonl", log.toString().getBytes(UTF_8));
  }
}
