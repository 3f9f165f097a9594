package org.modelzoo.report.sweep;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.modelzoo.config.SweepAxis;
import org.modelzoo.config.SweepConfig;
import org.modelzoo.store.MemberStore;

/**
 * What a sweep compares, {@code sweep.json}, so that its directory tells without its configuration.
 *
 * @param axes names of all axes
 * @param repeats those that results are averaged over
 * @param baseline axis → value that the others are compared with
 * @param task whose accuracy is shown beside the averages; empty for none
 * @param experiments all combinations
 */
public record SweepFile(
    int formatVersion,
    String name,
    List<String> axes,
    List<String> repeats,
    Map<String, String> baseline,
    String task,
    List<Experiment> experiments) {
  public static final int FORMAT_VERSION = 1;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(e-?[0-9]+)?");

  /** Its name in a sweep's directory. */
  public static final String NAME = "sweep.json";

  public SweepFile {
    requireNonNull(name, "name");
    requireNonNull(axes, "axes");
    requireNonNull(repeats, "repeats");
    requireNonNull(baseline, "baseline");
    requireNonNull(task, "task");
    requireNonNull(experiments, "experiments");
  }

  /**
   * An experiment.
   *
   * @param name of its run directory inside the sweep's
   * @param values axis → value
   */
  public record Experiment(String name, Map<String, String> values) {
    public Experiment {
      requireNonNull(name, "name");
      requireNonNull(values, "values");
      if (!MemberStore.isId(name)) {
        throw new IllegalArgumentException(
            "an experiment's name must be a plain name of a directory, not \"" + name + "\"");
      }
    }

    /** Its values on some axes, in words; a number says nothing without its axis. */
    String on(List<String> chosen) {
      if (chosen.isEmpty()) {
        return "all";
      }
      return chosen.stream()
          .map(axis -> (isNumber(values.get(axis)) ? axis + " " : "") + values.get(axis))
          .collect(Collectors.joining(", "));
    }

    private static boolean isNumber(String value) {
      return value != null && NUMBER.matcher(value).matches();
    }
  }

  /** Of a configuration. */
  public static SweepFile of(SweepConfig sweep) {
    return new SweepFile(
        FORMAT_VERSION,
        sweep.name(),
        sweep.axes().stream().map(SweepAxis::name).toList(),
        sweep.repeats(),
        sweep.baseline(),
        sweep.task(),
        sweep.experiments().stream()
            .map(it -> new Experiment(it.name(), new LinkedHashMap<>(it.values())))
            .toList());
  }

  /** Names of the axes that are no repetitions. */
  List<String> settings() {
    return axes.stream().filter(axis -> !repeats.contains(axis)).toList();
  }
}
