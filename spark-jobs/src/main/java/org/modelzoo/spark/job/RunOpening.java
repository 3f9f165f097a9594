package org.modelzoo.spark.job;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigDifference;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.data.CheckedData;
import org.modelzoo.store.Checksum;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

/**
 * Decides what a run directory means for the configuration at hand: a new run, one to continue, a
 * finished one, or somebody else's. Runs on the driver before a Spark session exists.
 */
public final class RunOpening {
  /** Keys that don't change a run's results, or that the data fingerprint stands for. */
  private static final List<String> FREE_KEYS_OF_RUN =
      List.of(
          "cluster.",
          "output.",
          "trackers.",
          "search.",
          "data.directory",
          "experiment.baselines",
          "experiment.name",
          "network.engine",
          "training.evaluate-every");

  /** Those of a search: its limits may change, so that a finished one can be extended. */
  private static final List<String> FREE_KEYS_OF_SEARCH =
      List.of(
          "cluster.",
          "output.",
          "trackers.",
          "data.directory",
          "experiment.baselines",
          "experiment.name",
          "network.engine",
          "training.evaluate-every",
          "search.trials",
          "search.budget.",
          "search.target",
          "search.queue",
          "search.trial-time-limit",
          "search.attempts");

  /** The format version of run.json since which the heads of small-conv start at zero. */
  private static final int ZERO_BIASES = 3;

  private final LoadedConfig config;
  private final String method;
  private final List<String> freeKeys;
  private final CheckedData data;

  private RunOpening(LoadedConfig config, String method, List<String> freeKeys, CheckedData data) {
    this.config = config;
    this.method = method;
    this.freeKeys = freeKeys;
    this.data = data;
  }

  /** For the run of a method. */
  static RunOpening ofRun(LoadedConfig config, Method method, CheckedData data) {
    return new RunOpening(config, KebabCase.of(method), FREE_KEYS_OF_RUN, data);
  }

  /** For a search, whose trials change keys. */
  public static RunOpening ofSearch(LoadedConfig config, CheckedData data) {
    return new RunOpening(config, "search", FREE_KEYS_OF_SEARCH, data);
  }

  /**
   * Starts the run if there is none, and mends its configuration where only that is damaged.
   *
   * @return what the user should know
   * @throws ModelZooException (configuration) if the directory holds another configuration's run,
   *     (data) if it was started on other data or by a newer program
   */
  public Optional<String> open(RunDirectory run) {
    check(run);
    Optional<RunIdentity> identity = run.identity();
    if (identity.isEmpty()) {
      run.create(
          new RunIdentity(
              RunIdentity.FORMAT_VERSION,
              SoftwareVersion.text(),
              method,
              config.values().experiment().seed(),
              fingerprint(),
              data.fingerprint(),
              Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
              data.classNames()),
          config.render());
      return Optional.empty();
    }
    if (isSameByFingerprint(identity.get())
        && !differencesFrom(run).equals(Optional.of(List.of()))) {
      run.rewriteConfiguration(config.render());
      return Optional.of(
          "%s was damaged and has been rewritten: run.json says that the configuration is the same"
              .formatted(run.path("config.conf")));
    }
    return Optional.empty();
  }

  /**
   * As {@link #open}, but writes nothing.
   *
   * @throws ModelZooException as there
   */
  public void check(RunDirectory run) {
    Optional<RunIdentity> identity = run.identity();
    if (identity.isEmpty()) {
      return;
    }
    requireSameConfiguration(run, identity.get());
    if (!identity.get().dataFingerprint().equals(data.fingerprint())) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "the run in %s was started on other data: its fingerprint is %s, that of %s is %s; give the same files, or start over with --fresh"
              .formatted(
                  run.location(),
                  identity.get().dataFingerprint(),
                  config.values().data().directory(),
                  data.fingerprint()));
    }
  }

  /**
   * Refuses to train what is left of a run whose members started differently, though its
   * configuration says nothing of that. Writes nothing.
   *
   * @param isFinished whether nothing is left; asked where it matters only
   * @throws ModelZooException (data) naming the difference
   */
  public void requireSameStart(RunDirectory run, BooleanSupplier isFinished) {
    if (startedOtherwise(run.identity()) && !isFinished.getAsBoolean()) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "the run in %s was begun by a program that started the heads of small-conv with random biases, and this one starts them at zero, as published: its members would be of two kinds; finish it with that program, or start over with --fresh"
              .formatted(run.location()));
    }
  }

  /** Whether members started with other weights than this program gives them. */
  boolean startedOtherwise(Optional<RunIdentity> identity) {
    return identity.filter(it -> it.formatVersion() < ZERO_BIASES).isPresent()
        && config.flatten().entrySet().stream()
            .filter(key -> !free(key.getKey(), freeKeys))
            .anyMatch(
                key ->
                    key.getKey().contains("network.name") && key.getValue().contains("small-conv"));
  }

  private void requireSameConfiguration(RunDirectory run, RunIdentity identity) {
    List<String> differences = new ArrayList<>();
    if (!isSameByFingerprint(identity)) {
      differences.addAll(
          differencesFrom(run)
              .orElseThrow(
                  () ->
                      new ModelZooException(
                          ErrorKind.DATA,
                          "%s is damaged, and run.json says that the run was started with another configuration than this one; give it the same configuration, restore the file, or start over with --fresh"
                              .formatted(run.path("config.conf")))));
    }
    if (!identity.method().equals(method)) {
      differences.add("method: %s → %s".formatted(identity.method(), method));
    }
    if (differences.isEmpty()) {
      return;
    }
    throw new ModelZooException(
        ErrorKind.CONFIGURATION,
        "the run in %s has another configuration:%n  %s%ngive it the same configuration to continue it, another experiment.name, or --fresh for a new run beside it"
            .formatted(run.location(), String.join("\n  ", differences)));
  }

  /** By what {@code run.json} says, whose checksum is right. */
  private boolean isSameByFingerprint(RunIdentity identity) {
    return identity.configurationFingerprint().equals(fingerprint());
  }

  /** Keys that differ from the configuration in the run directory; empty if that can't be read. */
  private Optional<List<String>> differencesFrom(RunDirectory run) {
    LoadedConfig before;
    try {
      before = ConfigLoader.parse(run.configuration(), run.path("config.conf").toString());
    } catch (ModelZooException e) {
      if (e.kind() != ErrorKind.CONFIGURATION) {
        throw e; // Out of reach, or planted: no damage to mend.
      }
      return Optional.empty();
    }
    return Optional.of(differences(before, config, freeKeys));
  }

  /** Keys that differ and that the results of a run depend on, with their values. */
  static List<String> differences(LoadedConfig before, LoadedConfig config) {
    return differences(before, config, FREE_KEYS_OF_RUN);
  }

  private static List<String> differences(
      LoadedConfig before, LoadedConfig config, List<String> freeKeys) {
    return ConfigDifference.between(before, config).stream()
        .filter(key -> !free(key, freeKeys))
        .toList();
  }

  private static boolean free(String key, List<String> freeKeys) {
    return freeKeys.stream().anyMatch(key::startsWith);
  }

  /** SHA-256 over every key that results depend on. */
  private String fingerprint() {
    TreeMap<String, String> keys = new TreeMap<>(config.flatten());
    keys.keySet().removeIf(key -> free(key, freeKeys));
    return Checksum.of(keys.toString());
  }
}
