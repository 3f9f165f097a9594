package org.modelzoo.spark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.network.Networks;
import picocli.CommandLine.Option;

/** The options that say what to run, shared by the commands. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "HOCON file; may be given several times, later ones win.")
  private List<Path> files = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key, over all files; may be given several times.")
  private List<String> overrides = List.of();

  /** The checked configuration. */
  LoadedConfig load() {
    return checked(overrides);
  }

  /** As {@link #load}, where no network is going to be trained on the images. */
  LoadedConfig loadWithoutNetwork() {
    return ConfigLoader.load(files, overrides);
  }

  /** As {@link #load}, with --set over another configuration where no file is given. */
  LoadedConfig loadOr(Supplier<LoadedConfig> other) {
    return files.isEmpty() ? other.get().with(overrides) : load();
  }

  /** As {@link #load}, with these settings below --set where no file is given. */
  LoadedConfig loadOver(List<String> settings) {
    List<String> all = new ArrayList<>(files.isEmpty() ? settings : List.of());
    all.addAll(overrides);
    return checked(all);
  }

  private LoadedConfig checked(List<String> settings) {
    LoadedConfig config = ConfigLoader.load(files, settings);
    Networks.check(config.values().network().name(), config.values().data().set().source().shape());
    return config;
  }
}
