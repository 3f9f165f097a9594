package org.modelzoo.report.sweep;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.Method;
import org.modelzoo.config.SweepConfig;
import org.modelzoo.config.SweepExperiment;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.RunDirectory;

/**
 * What a sweep compares, {@code sweep.json}, so that its directory tells without its configuration.
 *
 * @param axes names of all axes
 * @param repeats those that results are averaged over
 * @param baseline axis → value that the others are compared with
 * @param task whose accuracy is shown beside the averages; empty for none
 * @param experiments all combinations, and of each the baselines
 */
public record SweepFile(
    int formatVersion,
    String name,
    List<String> axes,
    List<String> repeats,
    Map<String, String> baseline,
    String task,
    List<Experiment> experiments) {
  public static final int FORMAT_VERSION = 2;

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
   * An experiment, or a baseline of one.
   *
   * @param name of the experiment's run directory inside the sweep's
   * @param values axis → value
   * @param baseline its method; null for the experiment itself
   */
  public record Experiment(
      String name,
      Map<String, String> values,
      @JsonInclude(JsonInclude.Include.NON_NULL) String baseline) {
    public Experiment {
      requireNonNull(name, "name");
      requireNonNull(values, "values");
      if (!MemberStore.isId(name)) {
        throw new IllegalArgumentException(
            "an experiment's name must be a plain name of a directory, not \"" + name + "\"");
      }
      if (baseline != null && !MemberStore.isId(baseline)) {
        throw new IllegalArgumentException(
            "a baseline must be a plain name of a directory, not \"" + baseline + "\"");
      }
    }

    /** What it is called among all of them. */
    String label() {
      return baseline == null ? name : name + " " + baseline;
    }

    /** Its run directory. */
    RunDirectory in(RunDirectory sweep) {
      RunDirectory experiment = sweep.inside(name);
      return baseline == null ? experiment : experiment.inside("baselines/" + baseline);
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
        sweep.axisNames(),
        sweep.repeats(),
        sweep.baseline(),
        sweep.task(),
        sweep.experiments().stream().flatMap(SweepFile::runs).toList());
  }

  private static Stream<Experiment> runs(SweepExperiment experiment) {
    List<Method> methods = experiment.config().values().methods();
    return methods.stream()
        .map(
            method ->
                new Experiment(
                    experiment.name(),
                    experiment.valuesOf(method),
                    method == methods.get(0) ? null : KebabCase.of(method)));
  }

  /** Names of the axes that are no repetitions. */
  List<String> settings() {
    return axes.stream().filter(axis -> !repeats.contains(axis)).toList();
  }
}
