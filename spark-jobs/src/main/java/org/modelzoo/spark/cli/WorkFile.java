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
import org.modelzoo.spark.job.TrainWork;
import org.modelzoo.spark.job.search.SearchWork;
import org.modelzoo.spark.job.sweep.SweepWork;

/**
 * A checked configuration file of any purpose.
 *
 * @param values its experiment, or the first one of several, that says how it wants the cluster
 * @param maker looks at data and directories
 */
record WorkFile(Path file, ModelZooConfig values, Function<Configuration, Job> maker) {

  /**
   * Reads a file.
   *
   * @throws ModelZooException (configuration), naming the file
   */
  static WorkFile read(Path file, List<String> overrides) {
    return naming(
        file,
        () ->
            switch (Purpose.of(file)) {
              case TRAIN -> training(file, ConfigLoader.load(List.of(file), overrides));
              case SWEEP -> sweep(file, SweepLoader.load(List.of(file), overrides));
              case SEARCH -> search(file, ConfigLoader.load(List.of(file), overrides));
            });
  }

  private static WorkFile training(Path file, LoadedConfig config) {
    checkNetwork(config.values());
    return new WorkFile(file, config.values(), hadoop -> new TrainWork(config, hadoop));
  }

  private static WorkFile search(Path file, LoadedConfig config) {
    SearchCommand.check(config);
    return new WorkFile(file, config.values(), hadoop -> new SearchWork(config, hadoop));
  }

  private static WorkFile sweep(Path file, SweepConfig sweep) {
    sweep.experiments().forEach(experiment -> checkNetwork(experiment.config().values()));
    return new WorkFile(
        file, sweep.experiments().get(0).config().values(), hadoop -> new SweepWork(sweep, hadoop));
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
  Job work(Configuration hadoop) {
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
