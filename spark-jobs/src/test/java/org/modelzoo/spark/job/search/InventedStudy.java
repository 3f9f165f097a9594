package org.modelzoo.spark.job.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/** A search of twelve trials for a farm that trains nothing. */
final class InventedStudy {
  static final CheckedData DATA = new CheckedData("data", List.of());

  private InventedStudy() {}

  /** Its configuration, with a study directory inside this one. */
  static LoadedConfig config(Path output, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "experiment.name=study",
                "experiment.method=multi-head",
                "data.set.name=invented",
                "data.set.source.format=synthetic",
                "data.set.source.families=1",
                "data.set.source.tasks-per-family=3",
                "data.set.source.classes-per-task=2",
                "training.epochs=8",
                "search.trials=12",
                "search.sampler.method=random",
                "search.space={ \"training.learning-rate\" { log-uniform = [1e-4, 1] } }",
                "output.directory=\"" + output + "\""));
    all.addAll(List.of(settings));
    return ConfigLoader.load(List.of(), all);
  }

  static RunDirectory directoryOf(LoadedConfig config) {
    return RunDirectories.of(config.values(), new Configuration());
  }

  static SearchJob job(LoadedConfig config) {
    return new SearchJob(config, directoryOf(config), DATA);
  }

  static void run(SearchJob job, LoadedConfig config, InventingTrials farm, RunListener listener) {
    try (farm;
        RunLease lease = RunLease.take(directoryOf(config), remark -> {})) {
      job.run(lease, farm, listener);
    }
  }
}
