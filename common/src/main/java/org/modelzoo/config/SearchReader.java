package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads {@code search}. */
final class SearchReader {
  private static final int MOST = Integer.MAX_VALUE;
  private static final Config NONE = ConfigFactory.empty();

  private SearchReader() {}

  static SearchConfig read(Section section) {
    Section budget = section.section("budget", NONE);
    return new SearchConfig(
        section.wholeNumber("trials", 1, MOST),
        section.choice("objective", SearchConfig.Objective.class),
        sampler(section.section("sampler", NONE)),
        scheduler(section.section("scheduler", NONE)),
        budget.wholeNumber("seconds", 0, Long.MAX_VALUE),
        budget.wholeNumber("images", 0, Long.MAX_VALUE),
        target(section),
        section.wholeNumber("trial-time-limit", 0, Long.MAX_VALUE / 1000),
        section.wholeNumber("attempts", 1, 100),
        queue(section),
        space(section.section("space", NONE)));
  }

  private static SamplerConfig sampler(Section section) {
    return new SamplerConfig(
        section.choice("method", SamplerConfig.Method.class),
        section.wholeNumber("grid-points", 1, MOST),
        section.wholeNumber("startup-trials", 1, MOST),
        section.wholeNumber("candidates", 1, MOST),
        section.number("initial-step", Range.SHARE_ABOVE_ZERO));
  }

  private static SchedulerConfig scheduler(Section section) {
    return new SchedulerConfig(
        section.choice("method", SchedulerConfig.Method.class),
        section.choice("promotion", SchedulerConfig.Promotion.class),
        section.wholeNumber("grace-period", 1, MOST),
        section.wholeNumber("reduction-factor", 2, MOST),
        section.wholeNumber("brackets", 1, MOST),
        section.wholeNumber("startup-trials", 1, MOST));
  }

  private static double target(Section section) {
    Object target = section.scalar("target");
    if (target instanceof Number number) {
      return number.doubleValue();
    }
    if (target instanceof String text && !text.equals("none")) {
      section.problem("target", "must be a number, or none; change it");
    }
    return Double.NaN;
  }

  private static List<Map<String, Object>> queue(Section section) {
    List<Map<String, Object>> queue = new ArrayList<>();
    for (Section trial : section.sections("queue", NONE)) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (String key : new TreeSet<>(trial.names())) {
        Object value = trial.scalar(key);
        if (value != null) {
          values.put(key, value);
        }
      }
      queue.add(values);
    }
    return queue;
  }

  private static List<ParameterConfig> space(Section section) {
    List<ParameterConfig> parameters = new ArrayList<>();
    for (String key : new TreeSet<>(section.names())) {
      ParameterReader.read(key, section.section(key, NONE)).ifPresent(parameters::add);
    }
    return parameters;
  }
}
