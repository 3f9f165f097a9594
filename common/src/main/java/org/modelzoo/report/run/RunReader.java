package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.report.RunSummary;
import org.modelzoo.run.Round;
import org.modelzoo.run.RunHistory;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;
import org.modelzoo.store.RunLease;

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
    return new RunReader(run).read(identity, method);
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

  private ReportedRun read(RunIdentity identity, Method method) {
    Optional<LoadedConfig> config = config();
    RunHistory history = RunHistory.read(run, damages::add);
    FoundRecord<RunSummary> summary =
        run.find("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION);
    summary.damage().ifPresent(damages::add);
    return new ReportedRun(
        run,
        identity,
        method,
        config,
        config.map(RunReader::taskNames).orElseGet(() -> numbered(history)),
        history,
        members(history),
        summary.record(),
        compaction(),
        RunLease.drivers(run),
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

  /** Where no configuration names the tasks. */
  private static List<String> numbered(RunHistory history) {
    int tasks = history.rounds().isEmpty() ? 0 : history.rounds().get(0).weights().size();
    return IntStream.rangeClosed(1, tasks).mapToObj("task %d"::formatted).toList();
  }

  private Map<String, MemberFile> members(RunHistory history) {
    MemberStore store = new MemberStore(run);
    Map<String, MemberFile> members = new LinkedHashMap<>();
    for (Round.Member member : history.members()) {
      FoundRecord<MemberFile> found = store.findOutcome(member.id());
      found.damage().ifPresent(damages::add);
      found.record().ifPresent(file -> members.put(member.id(), file));
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
}
