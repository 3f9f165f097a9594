package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Secrets;

/**
 * Parses an effective configuration that somebody stored, be it another program than this one.
 * Effective configurations hold plain values only, so includes and substitutions are refused rather
 * than followed: they would fetch what the text names and take in the reader's environment.
 */
final class StoredConfig {
  /** Of former programs, where it decided nothing. */
  private static final String FORMER_KEY = "training.data-parallel.evaluate-every";

  private StoredConfig() {}

  /**
   * The configuration that the text holds.
   *
   * @param file where the text is, for messages
   * @throws ModelZooException (data) if the text includes or substitutes anything, or is nested
   *     without end
   * @throws ConfigException if the text can't be parsed
   */
  static Config parse(String hocon, String file) {
    try {
      Config config = ConfigFactory.parseString(hocon, withoutIncludes(file));
      requireResolved(config);
      return config.withoutPath(FORMER_KEY);
    } catch (StackOverflowError e) { // The parser's, in brackets without end.
      throw refused(file + " is nested too deeply");
    }
  }

  /** For text whose includes are refused before anything is opened. */
  static ConfigParseOptions withoutIncludes(String origin) {
    return ConfigParseOptions.defaults()
        .setOriginDescription(origin)
        .setIncluder(new NoIncludes(origin));
  }

  /** Refuses substitutions, optional ones too, before any variable is read. */
  static void requireResolved(Config config) {
    if (!config.isResolved()) {
      String place =
          firstUnresolved("", config.root())
              .map(it -> it.getValue().origin().description() + ": " + shown(it))
              .orElse(config.origin().description());
      throw refused(place + " substitutes a value, which only a file given with --config may");
    }
  }

  private static String shown(Map.Entry<String, ConfigValue> setting) {
    return setting.getKey() + " = " + setting.getValue().render();
  }

  private static Optional<Map.Entry<String, ConfigValue>> firstUnresolved(
      String key, ConfigValue value) {
    try {
      if (value instanceof ConfigObject object) {
        return object.entrySet().stream()
            .flatMap(it -> firstUnresolved(joined(key, it.getKey()), it.getValue()).stream())
            .findFirst();
      }
      if (value instanceof ConfigList list) {
        return list.stream().flatMap(it -> firstUnresolved(key, it).stream()).findFirst();
      }
      value.unwrapped();
      return Optional.empty();
    } catch (ConfigException.NotResolved e) {
      return Optional.of(Map.entry(key, value));
    }
  }

  private static String joined(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "." + name;
  }

  private static ModelZooException refused(String finding) {
    return new ModelZooException(
        ErrorKind.DATA,
        Secrets.hiddenIn(
            finding
                + "; nothing was read or fetched. Write the values themselves into it, or restore it as this program wrote it."));
  }

  private record NoIncludes(String origin)
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      throw includes("\"" + what + "\"");
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
      throw includes("file(\"" + what + "\")");
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      throw includes("url(\"" + what + "\")");
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
      throw includes("classpath(\"" + what + "\")");
    }

    private ModelZooException includes(String what) {
      return refused(origin + " includes " + what + ", which only a file given with --config may");
    }
  }
}
