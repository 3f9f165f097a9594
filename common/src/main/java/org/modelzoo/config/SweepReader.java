package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the section {@code sweep} of a configuration: everything but the experiments. */
final class SweepReader {
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
  private static final String NAME_RULE =
      "must be letters, digits, '.', '_' and '-', no leading dot, at most 128 characters; rename it";

  private final Section sweep;
  private final Config axisDefaults;
  private final Problems problems;

  SweepReader(Section sweep, Config axisDefaults, Problems problems) {
    this.sweep = sweep;
    this.axisDefaults = axisDefaults;
    this.problems = problems;
  }

  /** The sweep, its experiments still missing. */
  SweepConfig read() {
    String name = sweep.text("name", NAME.asMatchPredicate(), NAME_RULE);
    List<SweepAxis> axes = axes();
    SweepConfig read =
        new SweepConfig(
            name,
            axes,
            baseline(axes),
            sweep.text("task"),
            sweep.wholeNumber("experiments-at-once", 0, Integer.MAX_VALUE),
            List.of());
    sweep.rejectUnknownKeys();
    return read;
  }

  private List<SweepAxis> axes() {
    List<SweepAxis> axes = new ArrayList<>();
    for (Section section : sweep.sections("axes", axisDefaults)) {
      String name = section.text("name", NAME.asMatchPredicate(), NAME_RULE);
      if (axes.stream().anyMatch(axis -> axis.name().equals(name))) {
        section.problem("name", "is the name of two axes; rename one");
      }
      axes.add(new SweepAxis(name, section.flag("repeats"), values(section, name)));
    }
    if (axes.isEmpty() && !problems.concern("sweep.axes")) {
      sweep.problem("axes", "must hold at least one axis; list what differs");
    }
    return axes;
  }

  private List<SweepAxis.Value> values(Section section, String axis) {
    String key = section.text("key");
    section.accept("values");
    if (!(section.written("values") instanceof ConfigList written) || written.isEmpty()) {
      section.problem("values", "must be a list of at least one value; write them in brackets");
      return List.of();
    }
    List<SweepAxis.Value> values = new ArrayList<>();
    for (ConfigValue value : written) {
      values.add(key.isEmpty() ? named(section, value) : ofKey(section, key, axis, value));
    }
    Map<String, Integer> slugs = new LinkedHashMap<>();
    values.forEach(value -> slugs.merge(value.slug(), 1, Integer::sum));
    slugs.forEach(
        (slug, times) -> {
          if (times > 1) {
            section.problem(
                "values", "must all differ, and " + slug + " is there twice; remove one");
          }
        });
    return values;
  }

  private static SweepAxis.Value ofKey(
      Section section, String key, String axis, ConfigValue value) {
    String text = String.valueOf(value.unwrapped());
    String slug = text.replaceAll("[^A-Za-z0-9._-]+", "-");
    // A number alone says nothing.
    boolean word = value.valueType() == ConfigValueType.STRING && !slug.matches("[0-9.-].*");
    try {
      return new SweepAxis.Value(text, word ? slug : axis + "-" + slug, value.atPath(key));
    } catch (ConfigException badPath) {
      section.problem("key", "must be a key such as training.learning-rate; correct it");
      return new SweepAxis.Value(text, slug, value.atKey("none"));
    }
  }

  private static SweepAxis.Value named(Section section, ConfigValue value) {
    if (value instanceof ConfigObject object
        && object.get("name") != null
        && object.get("settings") instanceof ConfigObject settings
        && object.size() == 2) {
      String name = String.valueOf(object.get("name").unwrapped());
      if (NAME.matcher(name).matches()) {
        return new SweepAxis.Value(name, name, settings.toConfig());
      }
    }
    section.problem(
        "values",
        "must be sections { name = …, settings { … } } with names of letters, digits, '.', '_' and '-' where the axis has no key; add the key, or write sections");
    return new SweepAxis.Value("", "", ConfigFactory.empty());
  }

  private Map<String, String> baseline(List<SweepAxis> axes) {
    Map<String, String> baseline = new LinkedHashMap<>();
    sweep.accept("baseline");
    if (!(sweep.written("baseline") instanceof ConfigObject written)) {
      sweep.problem("baseline", "must be a section { axis = value }; write one, or {} for none");
      return baseline;
    }
    written.forEach(
        (axis, value) -> {
          String text = String.valueOf(value.unwrapped());
          Predicate<SweepAxis> has =
              it ->
                  it.name().equals(axis)
                      && !it.repeats()
                      && it.values().stream().anyMatch(one -> one.name().equals(text));
          boolean ofMethods =
              axis.equals(SweepConfig.METHOD_AXIS)
                  && axes.stream().noneMatch(it -> it.name().equals(axis));
          // Which methods there are is known once the experiments are read.
          if (!ofMethods && axes.stream().noneMatch(has)) {
            problems.add(
                "sweep.baseline." + ConfigUtil.quoteString(axis),
                value,
                "must be an axis that does not repeat, and one of its values; correct it");
          }
          baseline.put(axis, text);
        });
    return baseline;
  }
}
