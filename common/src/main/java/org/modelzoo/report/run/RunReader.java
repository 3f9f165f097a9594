package org.modelzoo.report.run;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.report.AccuracyMatrixCsv;
import org.modelzoo.report.MetricsCsv;
import org.modelzoo.report.RunSummary;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RoundFile;
import org.modelzoo.store.RoundStore;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

/** Reads a run directory for a report, at any time of the run; writes nothing. */
public final class RunReader {
  private final RunDirectory run;
  private final List<String> damages = new ArrayList<>();

  private RunReader(RunDirectory run) {
    this.run = run;
  }

  /**
   * Reads a run.
   *
   * @throws ModelZooException (configuration) if there is no run, (data) if its identity is damaged
   *     or it is of a newer program, (cluster) if the file system fails
   */
  public static ReportedRun read(RunDirectory run) {
    RunIdentity identity =
        run.identity()
            .orElseThrow(
                () ->
                    new ModelZooException(
                        ErrorKind.CONFIGURATION,
                        "%s holds no run: it has no run.json; give the directory of a run"
                            .formatted(run.location())));
    Method method =
        Arrays.stream(Method.values())
            .filter(it -> KebabCase.of(it).equals(identity.method()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelZooException(
                        ErrorKind.CONFIGURATION,
                        "%s holds no run but a %s; give the directory of a run"
                            .formatted(run.location(), identity.method())));
    try {
      return new RunReader(run).read(identity, method);
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't read the run directory %s: %s; check the file system and give the same command"
              .formatted(run.location(), e.getMessage()),
          e);
    }
  }

  /**
   * The baselines of a run that were started, inside its directory.
   *
   * @param damages takes why one of them can't be read
   */
  static List<ReportedRun> baselines(RunDirectory run, Consumer<String> damages) {
    List<ReportedRun> baselines = new ArrayList<>();
    for (Method method : Method.values()) {
      RunDirectory baseline = run.inside("baselines/" + KebabCase.of(method));
      if (baseline.isStarted()) {
        try {
          baselines.add(read(baseline));
        } catch (ModelZooException e) {
          damages.accept(e.getMessage());
        }
      }
    }
    return baselines;
  }

  private ReportedRun read(RunIdentity identity, Method method) throws IOException {
    Optional<LoadedConfig> config = config();
    List<RoundFile> rounds = rounds();
    Optional<AccuracyMatrixCsv.Content> accuracies =
        table("accuracy-matrix.csv", AccuracyMatrixCsv::read);
    List<String> tasks =
        accuracies
            .map(AccuracyMatrixCsv.Content::tasks)
            .or(() -> config.map(RunReader::taskNames))
            .orElse(List.of());
    FoundRecord<RunSummary> summary =
        run.find("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION);
    summary.damage().ifPresent(damages::add);
    return new ReportedRun(
        run,
        identity,
        method,
        config,
        tasks,
        rounds,
        members(rounds),
        scores(),
        matrix(tasks.size(), accuracies, rounds),
        summary.record(),
        compaction(),
        drivers(),
        List.copyOf(damages));
  }

  private Optional<LoadedConfig> config() {
    return run.findText("config.conf")
        .flatMap(
            text -> {
              try {
                return Optional.of(ConfigLoader.parse(text, run.path("config.conf").toString()));
              } catch (ModelZooException e) {
                if (e.kind() == ErrorKind.DATA) {
                  throw e; // Not damaged: planted.
                }
                damages.add("config.conf can't be read: " + e.getMessage());
                return Optional.empty();
              }
            });
  }

  private static List<String> taskNames(LoadedConfig config) {
    return config.values().data().set().tasks().stream().map(task -> task.name()).toList();
  }

  private List<RoundFile> rounds() {
    RoundStore store = new RoundStore(run);
    int committed = 0;
    while (store.isCommitted(committed)) {
      committed++;
    }
    Set<Integer> shown = Set.copyOf(Rounds.shown(committed));
    List<RoundFile> rounds = new ArrayList<>();
    while (rounds.size() < committed) {
      FoundRecord<RoundFile> found = store.find(rounds.size());
      found.damage().ifPresent(damages::add);
      if (found.record().isEmpty()) {
        return rounds; // What follows is measured on it.
      }
      RoundFile round = found.record().get();
      // Losses and weights of all tasks in all rounds don't fit into a driver's memory.
      rounds.add(shown.contains(rounds.size()) ? round : round.membersOnly());
    }
    return rounds;
  }

  private Map<String, MemberFile> members(List<RoundFile> rounds) throws IOException {
    MemberStore store = new MemberStore(run);
    Map<String, MemberFile> members = new LinkedHashMap<>();
    for (RoundFile round : rounds) {
      for (RoundFile.Member member : round.members()) {
        FoundRecord<MemberFile> found = store.findOutcome(member.id());
        found.damage().ifPresent(damages::add);
        found.record().ifPresent(file -> members.put(member.id(), file));
      }
    }
    return members;
  }

  /** The run doesn't hang on it, so one of a newer program is left out as a damaged one is. */
  private Optional<CompactionFile> compaction() {
    try {
      FoundRecord<CompactionFile> found =
          run.find(CompactionFile.NAME, CompactionFile.class, CompactionFile.FORMAT_VERSION);
      found.damage().ifPresent(damages::add);
      return found.record();
    } catch (ModelZooException e) {
      if (e.kind() != ErrorKind.DATA) {
        throw e;
      }
      damages.add(e.getMessage());
      return Optional.empty();
    }
  }

  /** Leases are numbered, and the newest one stays. */
  private long drivers() throws IOException {
    return run.files().list(run.path("lease")).stream()
        .filter(name -> name.matches("[0-9]{1,18}\\.json"))
        .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
        .max()
        .orElse(0);
  }

  private MemberScores scores() {
    return table("metrics.csv", RunReader::scores).orElse(new MemberScores());
  }

  private static MemberScores scores(Reader text) throws IOException {
    MemberScores scores = new MemberScores();
    MetricsCsv.readMembers(
        text,
        row -> {
          if (row.split() == Split.TEST) {
            scores.put(row.member(), row.task(), row.accuracy());
          }
        });
    return scores;
  }

  private AccuracyMatrix matrix(
      int tasks, Optional<AccuracyMatrixCsv.Content> accuracies, List<RoundFile> rounds) {
    AccuracyMatrix matrix = AccuracyMatrix.empty(Math.max(1, tasks));
    List<double[]> rows = accuracies.map(AccuracyMatrixCsv.Content::rounds).orElse(List.of());
    for (int round = 0; round < Math.min(rows.size(), rounds.size()); round++) {
      List<Integer> trained =
          rounds.get(round).members().stream()
              .filter(member -> !member.diverged())
              .flatMap(member -> member.tasks().stream())
              .toList();
      AccuracyMatrix before = matrix;
      double[] row = rows.get(round);
      Optional<AccuracyMatrix> longer =
          whole("accuracy-matrix.csv", () -> before.withRound(row, trained));
      if (longer.isEmpty()) {
        return matrix;
      }
      matrix = longer.get();
    }
    return matrix;
  }

  private <T> Optional<T> table(String file, RunDirectory.Reading<T> reading) {
    return whole(file, () -> run.find(file, reading)).flatMap(it -> it);
  }

  /** Tables have no checksums: what is wrong in them shows when they are read. */
  private <T> Optional<T> whole(String file, Supplier<T> content) {
    try {
      return Optional.of(content.get());
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      damages.add("%s is damaged: %s".formatted(run.path(file), e.getMessage()));
      return Optional.empty();
    }
  }
}
