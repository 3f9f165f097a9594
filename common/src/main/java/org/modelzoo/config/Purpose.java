package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigResolveOptions;
import java.nio.file.Path;
import org.modelzoo.base.ModelZooException;

/** What a configuration file is for, by what stands in it. */
public enum Purpose {
  /** One experiment. */
  TRAIN,
  /** The experiments of {@code sweep.axes}. */
  SWEEP,
  /** A search through {@code search.space}. */
  SEARCH;

  /**
   * Looks into a file, without checking it further.
   *
   * @throws ModelZooException of kind CONFIGURATION if it can't be read, or is for two things
   */
  public static Purpose of(Path file) {
    Problems problems = new Problems();
    Config config = ConfigFile.parse(file, problems);
    boolean sweep = holds(config, "sweep.axes");
    boolean search = holds(config, "search.space");
    if (sweep && search) {
      problems.add(
          "The configuration file "
              + file
              + " has sweep.axes and search.space; make two files of it");
    }
    problems.throwIfAny();
    return sweep ? SWEEP : search ? SEARCH : TRAIN;
  }

  private static boolean holds(Config config, String key) {
    try {
      return config.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true)).hasPath(key);
    } catch (ConfigException unresolved) {
      return false; // Whoever reads the file says what is wrong with it.
    }
  }
}
