package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.NearestName;

/**
 * One object of the configuration while it is read. A value that breaks its rule becomes a line of
 * the {@link Problems} and a harmless stand-in; the reading goes on. Whatever was read is kept in
 * its canonical form, and keys that nobody read are unknown keys.
 */
final class Section {
  private static final Duration LONGEST = Duration.ofDays(365);

  private final String path;
  private ConfigObject object;
  private final Problems problems;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final List<Section> children = new ArrayList<>();

  Section(String path, ConfigObject object, Problems problems) {
    this.path = path;
    this.object = object;
    this.problems = problems;
  }

  String key(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The names of all keys written here. */
  Set<String> names() {
    return object.keySet();
  }

  /** The value as written; null where there is none. */
  ConfigValue written(String name) {
    return object.get(name);
  }

  /** Takes a key for read whose value the caller looks at itself. */
  void accept(String name) {
    values.putIfAbsent(name, "");
  }

  /** Whether a key was read and holds something: neither 0 nor the empty text nor an empty list. */
  boolean isSet(String name) {
    Object value = values.get(name);
    return value instanceof Number number
        ? number.doubleValue() != 0
        : value != null && !value.equals("") && !value.equals(List.of());
  }

  /** Adds a problem of a key of this section. */
  void problem(String name, String rule) {
    problems.add(key(name), written(name), rule);
  }

  /** Adds a problem of a key, unless one of it is there already. */
  void problemUnlessReported(String name, String rule) {
    if (!problems.concern(key(name))) {
      problem(name, rule);
    }
  }

  /** Adds a problem of this section as a whole. */
  void problemOfWhole(String rule) {
    if (!problems.concern(path)) {
      problems.add(path, object, rule);
    }
  }

  /** Adds a problem of a key whose value must not be shown. */
  void problemOfSecret(String name, String rule) {
    problems.add(key(name), null, rule);
  }

  /** A section of this one, with values for the keys it leaves out. */
  Section section(String name, Config defaults) {
    ConfigValue value = written(name);
    if (value instanceof ConfigObject found) {
      return child(name, key(name), found.withFallback(defaults));
    }
    if (value == null) {
      problems.addMissing(path, key(name));
    } else {
      problem(name, "must be a section { … }; write its keys inside");
    }
    return child(name, key(name), defaults.root());
  }

  private Section child(String name, String childPath, ConfigObject found) {
    Section child = new Section(childPath, found, problems);
    children.add(child);
    values.put(name, child.values);
    return child;
  }

  /** The section read under a name. */
  Section child(String name) {
    return children.stream()
        .filter(child -> child.path.equals(key(name)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(key(name) + " was not read"));
  }

  /** Adds values for the keys this section leaves out. */
  void fillIn(Config defaults) {
    object = object.withFallback(defaults);
  }

  /** Accepts every key here unread, where it cannot be known which keys there should be. */
  void forgiveUnknownKeys() {
    object.keySet().forEach(name -> values.putIfAbsent(name, ""));
  }

  /** A list of sections, each with values for the keys it leaves out. */
  List<Section> sections(String name, Config defaults) {
    List<Section> found = new ArrayList<>();
    for (ConfigValue element : elements(name)) {
      String elementPath = key(name) + "[" + found.size() + "]";
      ConfigObject fields = defaults.root();
      if (element instanceof ConfigObject written) {
        fields = written.withFallback(defaults);
      } else {
        problems.add(elementPath, element, "must be a section { … }; write its keys inside");
      }
      Section child = new Section(elementPath, fields, problems);
      children.add(child);
      found.add(child);
    }
    values.put(name, found.stream().map(child -> child.values).toList());
    return found;
  }

  String text(String name) {
    return keep(name, scalarText(name));
  }

  /** A text that must fulfil a rule; an empty text where it does not. */
  String text(String name, Predicate<String> holds, String rule) {
    String text = scalarText(name);
    if (!problems.concern(key(name)) && !holds.test(text)) {
      problem(name, rule);
    }
    return keep(name, text);
  }

  boolean flag(String name) {
    return keep(name, Boolean.parseBoolean(oneOf(name, List.of("true", "false"))));
  }

  <E extends Enum<E>> E choice(String name, Class<E> type) {
    return choice(name, List.of(type.getEnumConstants()));
  }

  /** One of some constants; the first of them where the value is none of them. */
  <E extends Enum<E>> E choice(String name, List<E> constants) {
    List<String> allowed = constants.stream().map(KebabCase::of).toList();
    int chosen = Math.max(0, allowed.indexOf(oneOf(name, allowed)));
    values.put(name, allowed.get(chosen));
    return constants.get(chosen);
  }

  /** One of the allowed texts; an empty text where it is none of them. */
  String oneOf(String name, List<String> allowed) {
    String text = scalarText(name);
    if (!problems.concern(key(name)) && !allowed.contains(text)) {
      problem(name, notAllowed(text, allowed));
      return "";
    }
    return keep(name, text);
  }

  <E extends Enum<E>> List<E> choices(String name, List<E> constants) {
    List<String> allowed = constants.stream().map(KebabCase::of).toList();
    List<E> chosen = new ArrayList<>();
    for (ConfigValue element : elements(name)) {
      String text = String.valueOf(element.unwrapped());
      if (allowed.contains(text)) {
        chosen.add(constants.get(allowed.indexOf(text)));
      } else {
        problems.add(key(name), element, notAllowed(text, allowed));
      }
    }
    values.put(name, chosen.stream().map(KebabCase::of).toList());
    return List.copyOf(chosen);
  }

  private static String notAllowed(String text, List<String> allowed) {
    String rule = "must be one of " + String.join(", ", allowed);
    return NearestName.among(allowed, text)
        .map(nearest -> rule + "; did you mean " + nearest + "?")
        .orElse(rule + "; choose one");
  }

  /**
   * A text, truth value or number (a whole one as Long, others as Double); null where it is none.
   */
  Object scalar(String name) {
    ConfigValue value = present(name);
    return value == null ? null : keep(name, scalar(key(name), value));
  }

  /**
   * A list of texts, truth values and numbers as {@link #scalar}; empty where there is a problem.
   */
  List<Object> scalars(String name) {
    List<Object> found = new ArrayList<>();
    elements(name).forEach(element -> found.add(scalar(key(name), element)));
    return keep(name, found.contains(null) ? List.of() : List.copyOf(found));
  }

  private Object scalar(String key, ConfigValue value) {
    Object found = value.unwrapped();
    if (found instanceof Number number) {
      boolean whole = found instanceof Integer || found instanceof Long;
      return whole ? (Object) number.longValue() : (Object) number.doubleValue();
    }
    if (found instanceof String || found instanceof Boolean) {
      return found;
    }
    problems.add(key, value, "must be a text, a number, true or false; change it");
    return null;
  }

  int wholeNumber(String name, int least, int most) {
    return (int) wholeNumber(name, (long) least, most);
  }

  long wholeNumber(String name, long least, long most) {
    ConfigValue value = present(name);
    if (value == null) {
      return least;
    }
    long number = whole(key(name), value, least, most);
    values.put(name, number);
    return number;
  }

  /** A list of whole numbers of at least {@code least}. */
  List<Integer> wholeNumbers(String name, int least) {
    List<Integer> numbers =
        elements(name).stream()
            .map(element -> (int) whole(key(name), element, least, Integer.MAX_VALUE))
            .toList();
    return keep(name, numbers);
  }

  private long whole(String key, ConfigValue value, long least, long most) {
    try {
      long number = decimal(value).longValueExact();
      if (number >= least && number <= most) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException notWhole) {
      // The rule below says it.
    }
    String range = most == Integer.MAX_VALUE ? "of at least " + least : "from " + least;
    range += most == Integer.MAX_VALUE || most == Long.MAX_VALUE ? "" : " to " + most;
    if (least == Long.MIN_VALUE) {
      range = "of 64 bits";
    }
    problems.add(key, value, "must be a whole number " + range + "; change it");
    return least;
  }

  double number(String name, Range range) {
    ConfigValue value = present(name);
    if (value == null) {
      return Double.NaN;
    }
    double number = Double.NaN;
    try {
      number = decimal(value).doubleValue();
    } catch (NumberFormatException notNumber) {
      // The rule below says it.
    }
    if (!Double.isFinite(number) || !range.holds().test(number)) {
      String finite = Double.isFinite(number) ? "" : "finite ";
      problem(name, "must be a " + finite + "number" + range.words() + "; change it");
      return Double.NaN;
    }
    return keep(name, number);
  }

  /** A time of at least zero and at most a year, kept in milliseconds. */
  Duration duration(String name) {
    if (present(name) == null) {
      return Duration.ZERO;
    }
    try {
      Duration duration = object.toConfig().getDuration(ConfigUtil.quoteString(name));
      if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
        values.put(name, duration.toMillis() + "ms");
        return duration;
      }
    } catch (ConfigException.WrongType | ConfigException.BadValue notATime) {
      // The rule below says it.
    }
    problem(name, "must be a time from 0s to 365d, such as 90s, 10m or 2h; change it");
    return Duration.ZERO;
  }

  /** Exact, so that neither a fraction nor a digit of a seed is lost on the way. */
  private static BigDecimal decimal(ConfigValue value) {
    return new BigDecimal(String.valueOf(value.unwrapped()).trim());
  }

  private ConfigValue present(String name) {
    ConfigValue value = written(name);
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      problems.addMissing(path, key(name));
      values.put(name, "");
      return null;
    }
    return value;
  }

  private String scalarText(String name) {
    ConfigValue value = present(name);
    if (value == null) {
      return "";
    }
    try {
      // Keeps a number's digits as they were written: 007 stays 007.
      return object.toConfig().getString(ConfigUtil.quoteString(name));
    } catch (ConfigException.WrongType wrongType) {
      problem(name, "must be a single text; put it in quotes");
      return "";
    }
  }

  private List<? extends ConfigValue> elements(String name) {
    ConfigValue value = present(name);
    if (value == null) {
      return List.of();
    }
    try {
      return object.toConfig().getList(ConfigUtil.quoteString(name));
    } catch (ConfigException.WrongType wrongType) {
      problem(name, "must be a list; put it in square brackets");
      return List.of();
    }
  }

  private <T> T keep(String name, T value) {
    values.put(name, value);
    return value;
  }

  /** Everything read so far in canonical form, sections as maps. */
  Map<String, Object> values() {
    return values;
  }

  /** Reports every key here and below that was not read, with the nearest one that was. */
  void rejectUnknownKeys() {
    Set<String> known = new TreeSet<>();
    gatherKnown(known);
    rejectUnknown(known);
  }

  private void gatherKnown(Set<String> known) {
    values.keySet().forEach(name -> known.add(key(name)));
    children.forEach(child -> child.gatherKnown(known));
  }

  private void rejectUnknown(Set<String> known) {
    for (String name : new TreeSet<>(object.keySet())) {
      if (!values.containsKey(name) && !problems.concern(key(name))) {
        problem(name, UnknownKey.rule(key(name), known));
      }
    }
    children.forEach(child -> child.rejectUnknown(known));
  }
}
