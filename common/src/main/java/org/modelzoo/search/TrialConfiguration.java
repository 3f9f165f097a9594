package org.modelzoo.search;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ParameterConfig;
import org.modelzoo.search.space.Choice;
import org.modelzoo.search.space.ConfiguredSpace;
import org.modelzoo.search.space.Domain;
import org.modelzoo.search.space.Space;

/** Puts a trial's parameters into the configuration of the experiment. Runs on the driver. */
public final class TrialConfiguration {
  private TrialConfiguration() {}

  /**
   * The experiment with the trial's values, and without the search, so that its text is a
   * configuration file for training.
   *
   * @param parameters from a sampler or from a study's log, which may be somebody else's
   * @throws ModelZooException (configuration) if the values break the rules of the configuration,
   *     (data) if one of them is not a key of the search space
   */
  public static LoadedConfig of(LoadedConfig experiment, Map<String, Object> parameters) {
    Set<String> space =
        experiment.values().search().space().stream()
            .map(ParameterConfig::key)
            .collect(Collectors.toSet());
    List<String> overrides = new ArrayList<>();
    parameters.forEach(
        (key, value) -> {
          if (!space.contains(key)) {
            throw new ModelZooException(
                ErrorKind.DATA,
                "a trial sets %s, which search.space does not search; restore the log of the study, or start over with --fresh"
                    .formatted(key));
          }
          overrides.add(key + "=" + text(value));
        });
    LoadedConfig trial = withoutSearch(experiment).with(overrides);
    return withoutSearch(trial);
  }

  private static LoadedConfig withoutSearch(LoadedConfig config) {
    return new LoadedConfig(config.values(), config.effective().withoutPath("search"));
  }

  private static String text(Object value) {
    return value instanceof String words ? ConfigUtil.quoteString(words) : value.toString();
  }

  /**
   * Tries the ends of all intervals and every choice, and the known trials, so that a space which
   * breaks the rules of the configuration is found before anything is trained.
   *
   * @param more is given each of these configurations, for further rules
   * @throws ModelZooException (configuration) with the first trial that would fail
   */
  public static void check(LoadedConfig experiment, Consumer<LoadedConfig> more) {
    Space space = ConfiguredSpace.of(experiment.values().search().space());
    List<Map<String, Object>> trials = new ArrayList<>();
    experiment.values().search().queue().forEach(it -> trials.add(KnownTrial.in(space, it)));
    corners(space).forEach(point -> trials.add(space.decode(point)));
    for (Map<String, Object> parameters : trials) {
      try {
        more.accept(of(experiment, parameters));
      } catch (ModelZooException e) {
        throw new ModelZooException(
            ErrorKind.CONFIGURATION,
            "search.space allows a trial that cannot be trained, %s; change the space. %s"
                .formatted(parameters, e.getMessage()),
            e);
      }
    }
  }

  private static List<double[]> corners(Space space) {
    List<double[]> corners = new ArrayList<>();
    for (double end : new double[] {0, 1}) {
      corners.add(filled(space, end));
      for (int i = 0; i < space.dimensions(); i++) {
        Domain domain = space.searched().get(i).domain();
        int values = domain instanceof Choice choice ? (int) choice.size() : 0;
        for (int value = 0; value < values; value++) {
          double[] corner = filled(space, end);
          corner[i] = ((Choice) domain).place(value);
          corners.add(corner);
        }
      }
    }
    return corners;
  }

  private static double[] filled(Space space, double u) {
    double[] point = new double[space.dimensions()];
    Arrays.fill(point, u);
    return point;
  }
}
