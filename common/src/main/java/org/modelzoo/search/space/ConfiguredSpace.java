package org.modelzoo.search.space;

import java.util.ArrayList;
import java.util.List;
import org.modelzoo.config.ParameterConfig;

/** Turns {@code search.space} of a configuration into a space. */
public final class ConfiguredSpace {
  private ConfiguredSpace() {}

  /** The space of checked parameters, named by their configuration keys. */
  public static Space of(List<ParameterConfig> parameters) {
    return new Space(parameters.stream().map(ConfiguredSpace::parameter).toList());
  }

  private static Parameter parameter(ParameterConfig config) {
    List<Condition> conditions = new ArrayList<>();
    config.when().keySet().stream()
        .sorted()
        .forEach(other -> conditions.add(new Condition(other, config.when().get(other))));
    return new Parameter(config.key(), domain(config), conditions);
  }

  private static Domain domain(ParameterConfig config) {
    return switch (config.kind()) {
      case CHOICE -> new Choice(config.values());
      case FIXED -> new Fixed(config.values().get(0));
      case UNIFORM -> interval(config, Scale.LINEAR, config.step(), Interval.Type.REAL);
      case LOG_UNIFORM -> interval(config, Scale.LOGARITHMIC, config.step(), Interval.Type.REAL);
      case INT -> interval(config, Scale.LINEAR, wholeStep(config), Interval.Type.WHOLE);
      case LOG_INT -> interval(config, Scale.LOGARITHMIC, wholeStep(config), Interval.Type.WHOLE);
    };
  }

  private static double wholeStep(ParameterConfig config) {
    return config.step() == 0 ? 1 : config.step();
  }

  private static Interval interval(
      ParameterConfig config, Scale scale, double step, Interval.Type type) {
    double lowest = ((Number) config.values().get(0)).doubleValue();
    double highest = ((Number) config.values().get(1)).doubleValue();
    return new Interval(lowest, highest, scale, step, type);
  }
}
