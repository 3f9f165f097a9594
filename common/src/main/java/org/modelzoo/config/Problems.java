package org.modelzoo.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Secrets;

/** Gathers what is wrong with a configuration, so that one run tells everything. */
final class Problems {
  private static final int LONGEST_VALUE = 80;

  /** Any key, to flatten a value under. */
  private static final String PLACE = "value";

  private final List<String> lines = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();

  /**
   * One problem of a key.
   *
   * @param value as written; null where the key is missing
   * @param rule what must hold, and what to do next
   */
  void add(String key, ConfigValue value, String rule) {
    keys.add(key);
    lines.add(value == null ? key + ": " + rule : key + " = " + text(key, value) + ": " + rule);
  }

  /** A missing key, worth a line only where its section itself is sound. */
  void addMissing(String section, String key) {
    boolean sound = !keys.contains(section);
    keys.add(key);
    if (sound) {
      add(key, null, "is missing; set it");
    }
  }

  /** A problem of no key in particular, such as a file that cannot be parsed. */
  void add(String line) {
    lines.add(line);
  }

  /** Whether a key, or one below it, already has a problem, so that rules on top make no sense. */
  boolean concern(String... prefixes) {
    for (String prefix : prefixes) {
      if (keys.stream().anyMatch(key -> isBelow(key, prefix))) {
        return true;
      }
    }
    return false;
  }

  /** Ends the reading with one exception that lists everything. */
  void throwIfAny() {
    if (!lines.isEmpty()) {
      String head =
          lines.size() == 1
              ? "The configuration has a problem:"
              : "The configuration has " + lines.size() + " problems:";
      throw new ModelZooException(
          ErrorKind.CONFIGURATION, Secrets.hiddenIn(head + "\n  " + String.join("\n  ", lines)));
    }
  }

  private static boolean isBelow(String key, String prefix) {
    return key.equals(prefix) || key.startsWith(prefix + ".") || key.startsWith(prefix + "[");
  }

  private static String text(String key, ConfigValue value) {
    boolean secret =
        HoconText.flatten(value.atPath(PLACE).root()).keySet().stream()
            .anyMatch(inside -> Secrets.isSecret(key + inside.substring(PLACE.length())));
    String text = secret ? Secrets.HIDDEN : value.render(ConfigRenderOptions.concise());
    if (text.length() > LONGEST_VALUE) {
      text = text.substring(0, LONGEST_VALUE) + "…";
    }
    return text + " (" + place(value.origin()) + ")";
  }

  private static String place(ConfigOrigin origin) {
    return "reference.conf".equals(origin.resource()) ? "the default" : origin.description();
  }
}
