package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import org.modelzoo.base.Secrets;

/** Turns {@code key=value} from a command line into configuration. */
final class Overrides {
  private static final String ORIGIN = "override";

  private Overrides() {}

  /** All overrides, later ones over earlier ones. */
  static Config parse(List<String> overrides, Problems problems) {
    Config parsed = ConfigFactory.empty();
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals <= 0) {
        problems.add(
            "The override \""
                + shown(override)
                + "\" must read key=value, as in training.epochs=5");
        continue;
      }
      String key = override.substring(0, equals).trim();
      try {
        ConfigValue value = value(override.substring(equals + 1).trim());
        parsed = path(key, value).withFallback(parsed);
      } catch (ConfigException exception) {
        problems.add(
            "The override \""
                + shown(override)
                + "\" cannot be parsed"
                + reason(override, exception));
      }
    }
    return parsed;
  }

  /** The override as it may be shown. */
  private static String shown(String override) {
    return Secrets.isSecret(override) ? Secrets.HIDDEN : override;
  }

  /** The library's messages quote the text. */
  private static String reason(String override, ConfigException exception) {
    return Secrets.isSecret(override) ? "; put its value in quotes" : ": " + exception.getMessage();
  }

  private static Config path(String key, ConfigValue value) {
    ConfigUtil.splitPath(key);
    return value.atPath(key);
  }

  /**
   * Numbers, truth values, lists, sections and quoted texts are HOCON. Anything else is the text as
   * it stands, since URIs and paths are full of HOCON's own characters.
   */
  private static ConfigValue value(String text) {
    ConfigParseOptions options = StoredConfig.withoutIncludes(ORIGIN);
    boolean structured = !text.isEmpty() && "[{\"$".indexOf(text.charAt(0)) >= 0;
    try {
      ConfigValue value = ConfigFactory.parseString("value = " + text, options).root().get("value");
      if (structured
          || value.valueType() == ConfigValueType.NUMBER
          || value.valueType() == ConfigValueType.BOOLEAN) {
        return value.withOrigin(ConfigOriginFactory.newSimple(ORIGIN));
      }
    } catch (ConfigException.Parse exception) {
      if (structured) {
        throw exception;
      }
    }
    return ConfigValueFactory.fromAnyRef(text, ORIGIN);
  }
}
