package org.modelzoo.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes configuration for people. Unlike the library's own rendering, a list of plain values stays
 * on one line, so that a file of twenty tasks can be read, and names have quotes only where they
 * need them: keys of other sections, as a search's space holds them.
 */
final class HoconText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

  private HoconText() {}

  static String of(ConfigObject root) {
    StringBuilder text = new StringBuilder();
    write(root, "", text);
    return text.toString();
  }

  private static void write(ConfigObject object, String indent, StringBuilder text) {
    new TreeMap<>(object)
        .forEach(
            (name, value) -> {
              text.append(indent).append(PLAIN.matcher(name).matches() ? name : quoted(name));
              if (value instanceof ConfigObject section) {
                text.append(" {\n");
                write(section, indent + "  ", text);
                text.append(indent).append("}\n");
              } else if (value instanceof ConfigList list && holdsSections(list)) {
                text.append(" = [\n");
                list.forEach(
                    element ->
                        text.append(indent).append("  ").append(inline(element)).append('\n'));
                text.append(indent).append("]\n");
              } else {
                text.append(" = ").append(inline(value)).append('\n');
              }
            });
  }

  private static String quoted(String name) {
    return ConfigUtil.quoteString(name);
  }

  private static boolean holdsSections(ConfigList list) {
    return list.stream().anyMatch(ConfigObject.class::isInstance);
  }

  private static String inline(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  static SortedMap<String, String> flatten(ConfigObject root) {
    SortedMap<String, String> flat = new TreeMap<>();
    flatten("", root, flat);
    return flat;
  }

  private static void flatten(String key, ConfigValue value, SortedMap<String, String> flat) {
    if (value instanceof ConfigObject object) {
      String prefix = key.isEmpty() ? "" : key + ".";
      object.forEach((name, child) -> flatten(prefix + name, child, flat));
    } else if (value instanceof ConfigList list && holdsSections(list)) {
      for (int i = 0; i < list.size(); i++) {
        flatten(key + "[" + i + "]", list.get(i), flat);
      }
    } else if (value.valueType() == ConfigValueType.STRING) {
      flat.put(key, String.valueOf(value.unwrapped()));
    } else {
      flat.put(key, inline(value));
    }
  }
}
