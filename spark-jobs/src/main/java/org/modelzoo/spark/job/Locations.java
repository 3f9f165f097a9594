package org.modelzoo.spark.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.modelzoo.config.LoadedConfig;

/**
 * Makes the places of a configuration mean the same on the driver and on every executor: a relative
 * path is below the directory the command was given in, an absolute path without a scheme is on the
 * cluster's default file system. Runs on the driver.
 */
public final class Locations {
  private Locations() {}

  /** The configuration with full URIs for data and output. */
  public static LoadedConfig qualified(LoadedConfig config, Configuration hadoop) {
    List<String> overrides = new ArrayList<>();
    String data = config.values().data().directory();
    if (!data.isEmpty()) {
      override("data.directory", data, hadoop, overrides);
    }
    override("output.directory", config.values().output().directory(), hadoop, overrides);
    return overrides.isEmpty() ? config : config.with(overrides);
  }

  private static void override(
      String key, String location, Configuration hadoop, List<String> overrides) {
    String qualified = qualified(location, hadoop);
    if (!qualified.equals(location)) {
      overrides.add(key + "=" + qualified);
    }
  }

  /** A location as a user would write it: a plain path on a local disk, else a URI. */
  public static String shown(Path location) {
    return "file".equals(location.toUri().getScheme())
        ? location.toUri().getPath()
        : location.toString();
  }

  /** A full URI; what can't be made one stays, for whoever opens it to report. */
  public static String qualified(String location, Configuration hadoop) {
    try {
      Path path = new Path(location);
      if (path.toUri().getScheme() != null) {
        return location;
      }
      if (!path.isAbsolute()) {
        return new Path(java.nio.file.Path.of(location).toAbsolutePath().normalize().toUri())
            .toString();
      }
      return path.getFileSystem(hadoop).makeQualified(path).toString();
    } catch (IOException | IllegalArgumentException e) {
      return location;
    }
  }
}
