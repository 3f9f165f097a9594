package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;

/**
 * Values for keys that a stored configuration has not, because the program that wrote it had no
 * such key, and that mean what that program did. Where that is today's default, nothing is added.
 */
final class FormerDefaults {
  private static final String INTERPOLATION = "data.rotation.interpolation";
  private static final String TASKS = "data.set.tasks";

  private FormerDefaults() {}

  static Config addTo(Config stored) {
    return rotates(stored) && !stored.hasPath(INTERPOLATION)
        ? stored.withValue(INTERPOLATION, ConfigValueFactory.fromAnyRef("bilinear"))
        : stored;
  }

  private static boolean rotates(Config stored) {
    return stored.hasPath(TASKS)
        && stored.getValue(TASKS) instanceof ConfigList tasks
        && tasks.stream().anyMatch(FormerDefaults::isRotated);
  }

  private static boolean isRotated(ConfigValue task) {
    return task instanceof ConfigObject keys
        && keys.unwrapped().get("rotation") instanceof Number degrees
        && degrees.doubleValue() != 0;
  }
}
