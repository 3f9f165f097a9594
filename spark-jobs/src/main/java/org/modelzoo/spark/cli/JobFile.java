package org.modelzoo.spark.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.Purpose;
import org.modelzoo.config.SweepConfig;
import org.modelzoo.config.SweepLoader;
import org.modelzoo.network.Networks;
import org.modelzoo.spark.job.Job;
import org.modelzoo.spark.job.RunDirectories.Start;
import org.modelzoo.spark.job.TrainJob;
import org.modelzoo.spark.job.search.SearchJob;
import org.modelzoo.spark.job.sweep.SweepJob;
import org.modelzoo.spark.job.sweep.SweepJob.Failed;

/**
 * A checked configuration file of any purpose.
 *
 * @param values its experiment, or the first one of several, that says how it wants the cluster
 * @param maker looks at data and directories
 */
record JobFile(Path file, ModelZooConfig values, Function<Configuration, Job> maker) {

  /**
   * Reads a file.
   *
   * @throws ModelZooException (configuration), naming the file
   */
  static JobFile read(Path file, List<String> overrides) {
    return naming(
        file,
        () ->
            switch (Purpose.of(file)) {
              case TRAIN -> training(file, ConfigLoader.load(List.of(file), overrides));
              case SWEEP -> sweep(file, SweepLoader.load(List.of(file), overrides));
              case SEARCH -> search(file, ConfigLoader.load(List.of(file), overrides));
            });
  }

  private static JobFile training(Path file, LoadedConfig config) {
    checkNetwork(config.values());
    return new JobFile(
        file,
        config.values(),
        hadoop -> TrainJob.of(config, Start.CONTINUE, hadoop, prefix(config.values())));
  }

  private static JobFile search(Path file, LoadedConfig config) {
    SearchCommand.check(config);
    return new JobFile(
        file, config.values(), hadoop -> SearchJob.of(config, Start.CONTINUE, hadoop));
  }

  private static JobFile sweep(Path file, SweepConfig sweep) {
    sweep.experiments().forEach(experiment -> checkNetwork(experiment.config().values()));
    return new JobFile(
        file,
        sweep.experiments().get(0).config().values(),
        hadoop -> SweepJob.of(sweep, hadoop, sweep.name() + " ", Failed.SKIP));
  }

  /** Tells its runs from those of the others. */
  private static String prefix(ModelZooConfig config) {
    return config.experiment().name() + " ";
  }

  private static void checkNetwork(ModelZooConfig config) {
    Networks.check(config.network().name(), config.data().set().source().shape());
  }

  /**
   * What the file asks for.
   *
   * @throws ModelZooException if data is missing or a directory belongs to something else, naming
   *     the file
   */
  Job job(Configuration hadoop) {
    return naming(file, () -> maker.apply(hadoop));
  }

  private static <T> T naming(Path file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ModelZooException e) {
      throw new ModelZooException(e.kind(), file + ": " + e.getMessage(), e);
    }
  }
}
