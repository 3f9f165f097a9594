package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.modelzoo.base.KebabCase;

/** Reads one key of {@code search.space}. */
final class ParameterReader {
  private static final Config NONE = ConfigFactory.empty();

  private ParameterReader() {}

  /** The parameter; empty where a problem of it was reported. */
  static Optional<ParameterConfig> read(String key, Section section) {
    List<ParameterConfig.Kind> kinds =
        Stream.of(ParameterConfig.Kind.values())
            .filter(kind -> section.written(KebabCase.of(kind)) != null)
            .toList();
    if (kinds.size() != 1) {
      section.forgiveUnknownKeys();
      section.problemOfWhole(
          "must have exactly one of "
              + Stream.of(ParameterConfig.Kind.values())
                  .map(KebabCase::of)
                  .collect(Collectors.joining(", "))
              + "; write for example \"training.learning-rate\" { log-uniform = [1e-4, 1e-1] },"
              + " the key in quotes");
      return Optional.empty();
    }
    ParameterConfig.Kind kind = kinds.get(0);
    List<Object> values = values(kind, section);
    double step = step(kind, values, section);
    Map<String, List<Object>> when = when(section);
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new ParameterConfig(key, kind, values, step, when));
  }

  private static List<Object> values(ParameterConfig.Kind kind, Section section) {
    String name = KebabCase.of(kind);
    return switch (kind) {
      case FIXED -> Optional.ofNullable(section.scalar(name)).stream().toList();
      case CHOICE -> choice(name, section);
      default -> interval(kind, name, section);
    };
  }

  private static List<Object> choice(String name, Section section) {
    List<Object> values = section.scalars(name);
    if (values.isEmpty()) {
      section.problemUnlessReported(name, "must hold at least one value; add some");
    } else if (values.stream().distinct().count() < values.size()) {
      section.problem(name, "must not hold a value twice; remove the repetition");
    }
    return values;
  }

  private static List<Object> interval(ParameterConfig.Kind kind, String name, Section section) {
    List<Object> ends = section.scalars(name);
    boolean whole = isWhole(kind);
    boolean log = isLogarithmic(kind);
    Class<?> type = whole ? Long.class : Number.class;
    boolean sound = ends.size() == 2 && ends.stream().allMatch(type::isInstance);
    if (sound) {
      double low = ((Number) ends.get(0)).doubleValue();
      double high = ((Number) ends.get(1)).doubleValue();
      sound = Double.isFinite(high - low) && low <= high && (!log || low > 0);
    }
    if (!sound) {
      section.problemUnlessReported(
          name,
          "must be [lowest, highest], two "
              + (whole ? "whole " : "")
              + "numbers"
              + (log ? " above 0" : "")
              + ", the lowest first; change it");
    }
    return sound ? ends : List.of();
  }

  private static boolean isWhole(ParameterConfig.Kind kind) {
    return kind == ParameterConfig.Kind.INT || kind == ParameterConfig.Kind.LOG_INT;
  }

  private static boolean isLogarithmic(ParameterConfig.Kind kind) {
    return kind == ParameterConfig.Kind.LOG_UNIFORM || kind == ParameterConfig.Kind.LOG_INT;
  }

  private static double step(ParameterConfig.Kind kind, List<Object> values, Section section) {
    if (section.written("step") == null) {
      return 0;
    }
    if (kind == ParameterConfig.Kind.CHOICE || kind == ParameterConfig.Kind.FIXED) {
      section.forgiveUnknownKeys();
      section.problem("step", "is for intervals, not for " + KebabCase.of(kind) + "; remove it");
      return 0;
    }
    double step = section.number("step", Range.POSITIVE);
    if (values.isEmpty() || Double.isNaN(step)) {
      return 0;
    }
    double low = ((Number) values.get(0)).doubleValue();
    double high = ((Number) values.get(1)).doubleValue();
    boolean whole = isWhole(kind);
    if (whole && step != Math.rint(step)) {
      section.problem("step", "must be a whole number for whole numbers; change it");
    } else if (step > high - low) {
      section.problem("step", "must be at most the length of the interval; lower it");
    } else if (isLogarithmic(kind) && step >= 2 * low) {
      section.problem(
          "step", "must be below twice the lowest value of a logarithmic interval; lower it");
    } else {
      return step;
    }
    return 0;
  }

  private static Map<String, List<Object>> when(Section section) {
    Map<String, List<Object>> conditions = new LinkedHashMap<>();
    if (section.written("when") == null) {
      return conditions;
    }
    Section when = section.section("when", NONE);
    for (String other : new TreeSet<>(when.names())) {
      List<Object> values =
          when.written(other) instanceof ConfigList
              ? when.scalars(other)
              : Optional.ofNullable(when.scalar(other)).stream().toList();
      if (values.isEmpty()) {
        when.problemUnlessReported(other, "must hold at least one value; add some");
      }
      conditions.put(other, values);
    }
    return conditions;
  }
}
