package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parses one configuration file with what it includes. */
final class ConfigFile {
  private ConfigFile() {}

  /** The file's configuration; an empty one and a problem where it cannot be read. */
  static Config parse(Path file, Problems problems) {
    String obstacle =
        !Files.exists(file)
            ? "does not exist; check the path"
            : Files.isDirectory(file)
                ? "is a directory; name the file inside"
                : !Files.isReadable(file) ? "must not be read; check its permissions" : null;
    if (obstacle != null) {
      problems.add("The configuration file " + file + " " + obstacle);
      return ConfigFactory.empty();
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(),
          ConfigParseOptions.defaults()
              .setAllowMissing(false)
              .setIncluder(new StrictIncluder(file)));
    } catch (ConfigException exception) {
      // A cycle of includes comes with the whole of its fifty turns.
      problems.add(exception.getMessage().replaceFirst(" Trace: .*", "") + "; correct the file");
      return ConfigFactory.empty();
    }
  }

  /**
   * Unlike the library's own includer, takes a missing file for a mistake, and fetches nothing from
   * the network.
   */
  private record StrictIncluder(Path file)
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      ConfigParseable target = context.relativeTo(what);
      try {
        return target.parse(context.parseOptions().setAllowMissing(false));
      } catch (ConfigException.IO exception) {
        throw notFound(what, exception);
      }
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
      try {
        return ConfigFactory.parseFile(what, context.parseOptions().setAllowMissing(false)).root();
      } catch (ConfigException.IO exception) {
        throw notFound(what.toString(), exception);
      }
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      throw notAFile(what.toString());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
      throw notAFile(what);
    }

    private ConfigException notAFile(String what) {
      return new ConfigException.Generic(
          file + " includes " + what + ", which is not a file; include files only, by their path");
    }

    private ConfigException notFound(String what, ConfigException cause) {
      return new ConfigException.Generic(
          file
              + " includes \""
              + what
              + "\", which cannot be read (the path is relative to the including file)",
          cause);
    }
  }
}
