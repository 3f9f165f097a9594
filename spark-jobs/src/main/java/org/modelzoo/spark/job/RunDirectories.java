package org.modelzoo.spark.job;

import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SweepConfig;
import org.modelzoo.store.RunDirectory;

/** Where an experiment's run directory is. */
public final class RunDirectories {
  private RunDirectories() {}

  /** What to do with a directory that holds a run already. */
  public enum Start {
    CONTINUE,
    FRESH
  }

  /** The one to continue in, or a fresh one beside it. */
  public static RunDirectory of(ModelZooConfig config, Start start, Configuration hadoop) {
    return start == Start.FRESH ? fresh(config, hadoop) : of(config, hadoop);
  }

  /** {@code <output.directory>/<experiment.name>}. */
  public static RunDirectory of(ModelZooConfig config, Configuration hadoop) {
    return RunDirectory.at(location(config), hadoop);
  }

  /** The first of {@code <name>}, {@code <name>-2}, {@code <name>-3}, … that holds no run yet. */
  private static RunDirectory fresh(ModelZooConfig config, Configuration hadoop) {
    RunDirectory run = of(config, hadoop);
    for (int number = 2; run.isStarted(); number++) {
      run = RunDirectory.at(location(config) + "-" + number, hadoop);
    }
    return run;
  }

  /** {@code <output.directory>/<sweep.name>}, where all run directories of a sweep are. */
  public static RunDirectory of(SweepConfig sweep, Configuration hadoop) {
    ModelZooConfig first = sweep.experiments().get(0).config().values();
    return RunDirectory.at(Locations.qualified(first.output().directory(), hadoop), hadoop);
  }

  private static String location(ModelZooConfig config) {
    return config.output().directory() + "/" + config.experiment().name();
  }
}
