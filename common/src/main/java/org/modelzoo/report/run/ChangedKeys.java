package org.modelzoo.report.run;

import java.util.stream.Collectors;
import org.modelzoo.base.Secrets;
import org.modelzoo.config.ConfigDifference;
import org.modelzoo.config.LoadedConfig;

/** What differs between two configurations, as a page shows it. */
final class ChangedKeys {
  private ChangedKeys() {}

  /** A line a key, without the lists of classes, which are long, and without secrets. */
  static String between(LoadedConfig one, LoadedConfig other) {
    return Secrets.hiddenIn(
        ConfigDifference.between(one, other).stream()
            .filter(line -> !line.startsWith("data.set.tasks"))
            .collect(Collectors.joining("\n")));
  }
}
