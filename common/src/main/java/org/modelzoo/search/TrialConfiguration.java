package org.modelzoo.search;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooException;
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
   * @throws ModelZooException (configuration) if the values break the rules of the configuration
   */
  public static LoadedConfig of(LoadedConfig experiment, Map<String, Object> parameters) {
    List<String> overrides = new ArrayList<>();
    parameters.forEach((key, value) -> overrides.add(key + "=" + text(value)));
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
