package org.modelzoo.spark.job.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ParameterConfig;
import org.modelzoo.report.StudySummary;
import org.modelzoo.report.TrialsCsv;
import org.modelzoo.search.Study;
import org.modelzoo.search.Trial;
import org.modelzoo.search.TrialConfiguration;
import org.modelzoo.spark.job.Throttle;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunDirectory;

/**
 * What a study leaves in its directory beside its log: the tables, which can be made again from the
 * log, and the directories of trials that may go on. Lives on the driver; one thread at a time.
 */
final class SearchFiles {
  /** How far the study is. */
  static final String SUMMARY = "study.json";

  /** The directory of the trials' directories. */
  static final String TRIALS = "trials";

  private static final Pattern TRIAL = Pattern.compile("trial-([0-9]{5,9})");
  private static final String BEST = "-best";
  private static final int LONGEST_NAME = 128;

  private final LoadedConfig config;
  private final RunDirectory directory;
  private final Study study;
  private final SortedSet<Integer> stored = new TreeSet<>();
  private final Throttle tables = new Throttle(System::nanoTime);
  private final Throttle sweeping = new Throttle(System::nanoTime);

  /** Finds the trials' directories that are there. */
  SearchFiles(LoadedConfig config, RunDirectory directory, Study study) {
    this.config = config;
    this.directory = directory;
    this.study = study;
    attempt(() -> directory.files().list(directory.path(TRIALS))).stream()
        .map(TRIAL::matcher)
        .filter(Matcher::matches)
        .forEach(name -> stored.add(Integer.parseInt(name.group(1))));
  }

  /** Makes the files follow the study, after a trial's rung has ended. */
  void follow(int trial) {
    stored.add(trial);
    deleteUnlessNeeded(trial);
    // Which of the others may still go on depends on all results.
    sweeping.run(this::sweep);
    tables.run(this::write);
  }

  /** Deletes what no trial needs any more. */
  void sweep() {
    List.copyOf(stored).forEach(this::deleteUnlessNeeded);
  }

  private void deleteUnlessNeeded(int trial) {
    if (trial >= study.started() || !study.needsCheckpoint(trial)) {
      attempt(
          () -> {
            directory.files().delete(directory.path(TRIALS + "/" + Trial.name(trial)));
            return null;
          });
      stored.remove(trial);
    }
  }

  /** Writes the tables. */
  void write() {
    directory.write("trials.csv", TrialsCsv.of(parameters(), study.trials()));
    Optional<Trial> best = study.best();
    if (best.isPresent()) {
      directory.write("best.conf", winner(best.get()).render().getBytes(UTF_8));
    }
    // Last: whoever finds it finds the others.
    directory.write(SUMMARY, Json.write(StudySummary.of(config.values(), study)));
  }

  /** The winner's configuration, with a run directory of its own. */
  private LoadedConfig winner(Trial best) {
    String name = config.values().experiment().name();
    String shortened = name.substring(0, Math.min(name.length(), LONGEST_NAME - BEST.length()));
    return TrialConfiguration.of(config, best.parameters())
        .with(List.of("experiment.name=\"" + shortened + BEST + "\""));
  }

  private List<String> parameters() {
    return config.values().search().space().stream().map(ParameterConfig::key).toList();
  }

  private <T> T attempt(Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't look after the trials of %s: %s; check the file system and run the same command to continue"
              .formatted(directory.location(), e.getMessage()),
          e);
    }
  }

  @FunctionalInterface
  private interface Access<T> {
    T run() throws IOException;
  }
}
