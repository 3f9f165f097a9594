package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;

/**
 * Reads a sweep and checks all of its experiments, once, on the driver. Layers of an experiment,
 * later ones over earlier ones: {@code reference.conf}, the files, the overrides, the values of the
 * axes.
 */
public final class SweepLoader {
  private static final String SWEEP = "sweep";
  private static final int MOST_EXPERIMENTS = 10_000;

  private SweepLoader() {}

  /**
   * Reads files and overrides.
   *
   * @throws ModelZooException of kind CONFIGURATION, listing all problems of the sweep or, where
   *     that is sound, of the first experiment that has any
   */
  public static SweepConfig load(List<Path> files, List<String> overrides) {
    Problems problems = new Problems();
    List<Config> layers = new ArrayList<>();
    files.forEach(file -> layers.add(ConfigFile.parse(file, problems)));
    layers.add(Overrides.parse(overrides, problems));
    problems.throwIfAny();
    SweepConfig sweep = sweep(layers, problems);
    problems.throwIfAny();
    layers.replaceAll(layer -> layer.withoutPath(SWEEP));
    SweepConfig read =
        new SweepConfig(
            sweep.name(),
            sweep.axes(),
            sweep.baseline(),
            sweep.task(),
            sweep.experimentsAtOnce(),
            experiments(sweep, layers));
    checkMethods(read);
    return read;
  }

  private static void checkMethods(SweepConfig sweep) {
    boolean ownAxis =
        sweep.axes().stream().anyMatch(axis -> axis.name().equals(SweepConfig.METHOD_AXIS));
    if (ownAxis && sweep.comparesMethods()) {
      throw problem(
          "axis method of the sweep has the name that tells the experiments' baselines apart; rename it, or take experiment.baselines out");
    }
    String compared = sweep.baseline().get(SweepConfig.METHOD_AXIS);
    if (compared != null
        && !ownAxis
        && sweep.experiments().stream()
            .flatMap(experiment -> experiment.config().values().methods().stream())
            .noneMatch(method -> KebabCase.of(method).equals(compared))) {
      throw problem(
          "sweep.baseline.method = %s is not a method of any experiment; add it to experiment.baselines"
              .formatted(compared));
    }
  }

  private static SweepConfig sweep(List<Config> layers, Problems problems) {
    Config merged = ConfigFactory.empty();
    for (Config layer : layers) {
      merged = layer.withFallback(merged);
    }
    Config defaults = ConfigLoader.reference(List.of(SWEEP, "axis-defaults"));
    Config own = ConfigLoader.resolved(merged, ConfigFactory.empty(), problems).toConfig();
    Config section =
        (own.hasPath(SWEEP) ? own.withOnlyPath(SWEEP) : ConfigFactory.empty())
            .withFallback(defaults.withOnlyPath(SWEEP));
    return new SweepReader(
            new Section("", section.root(), problems).section(SWEEP, ConfigFactory.empty()),
            defaults.getConfig("axis-defaults"),
            problems)
        .read();
  }

  private static List<SweepExperiment> experiments(SweepConfig sweep, List<Config> layers) {
    List<List<SweepAxis.Value>> combinations = combinations(sweep.axes());
    List<SweepExperiment> experiments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (List<SweepAxis.Value> combination : combinations) {
      SweepExperiment experiment = experiment(sweep, combination, layers);
      if (!names.add(experiment.name())) {
        throw problem("two experiments are named " + experiment.name() + "; rename a value");
      }
      experiments.add(experiment);
    }
    boolean known =
        experiments.stream()
            .anyMatch(
                experiment ->
                    experiment.config().values().data().set().tasks().stream()
                        .anyMatch(task -> task.name().equals(sweep.task())));
    if (!sweep.task().isEmpty() && !known) {
      throw problem(
          "sweep.task = " + sweep.task() + " is not a task of any experiment; correct it");
    }
    return experiments;
  }

  private static SweepExperiment experiment(
      SweepConfig sweep, List<SweepAxis.Value> combination, List<Config> layers) {
    String name = String.join("_", combination.stream().map(SweepAxis.Value::slug).toList());
    Map<String, String> values = new LinkedHashMap<>();
    List<Config> all = new ArrayList<>(layers);
    for (int i = 0; i < combination.size(); i++) {
      values.put(sweep.axes().get(i).name(), combination.get(i).name());
      all.add(combination.get(i).settings());
    }
    all.add(ConfigValueFactory.fromAnyRef(name, SWEEP).atPath("experiment.name"));
    try {
      LoadedConfig config = ConfigLoader.load(all);
      String directory = config.values().output().directory() + "/" + sweep.name();
      return new SweepExperiment(
          name, values, config.with(List.of("output.directory=" + directory)));
    } catch (ModelZooException e) {
      throw new ModelZooException(
          e.kind(), "Experiment " + name + " of the sweep: " + e.getMessage(), e);
    }
  }

  private static List<List<SweepAxis.Value>> combinations(List<SweepAxis> axes) {
    List<List<SweepAxis.Value>> combinations = List.of(List.of());
    for (SweepAxis axis : axes) {
      List<List<SweepAxis.Value>> longer = new ArrayList<>();
      for (List<SweepAxis.Value> combination : combinations) {
        for (SweepAxis.Value value : axis.values()) {
          List<SweepAxis.Value> next = new ArrayList<>(combination);
          next.add(value);
          longer.add(next);
        }
      }
      if (longer.size() > MOST_EXPERIMENTS) {
        throw problem(
            "the sweep has more than %,d experiments; leave out values"
                .formatted(MOST_EXPERIMENTS));
      }
      combinations = longer;
    }
    return combinations;
  }

  private static ModelZooException problem(String text) {
    return new ModelZooException(ErrorKind.CONFIGURATION, text);
  }
}
