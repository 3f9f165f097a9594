package org.modelzoo.config;

import com.typesafe.config.Config;
import java.util.List;
import java.util.SortedMap;
import org.modelzoo.base.ModelZooException;

/**
 * A checked configuration in both of its forms.
 *
 * @param values what the program works with
 * @param effective the same as HOCON: every key of ours, defaults and overrides applied; keys of
 *     other sources than the chosen one left out
 */
public record LoadedConfig(ModelZooConfig values, Config effective) {
  /**
   * The effective configuration as HOCON text, every key of ours, in alphabetical order. {@link
   * ConfigLoader#parse} of it gives an equal configuration.
   */
  public String render() {
    return HoconText.of(effective.root());
  }

  /** Full key, such as {@code data.set.tasks[0].name}, to its value as text; sorted by key. */
  public SortedMap<String, String> flatten() {
    return HoconText.flatten(effective.root());
  }

  /** What one of the experiment's methods is trained by: a refit holds no images out. */
  public LoadedConfig forMethod(Method method) {
    return method == Method.REFIT
        ? with(List.of("zoo.refit=false", "data.validation-share=0", "zoo.signal=training"))
        : this;
  }

  /**
   * The same configuration with some keys changed.
   *
   * @param overrides {@code key=value}, without substitutions
   * @throws ModelZooException of kind CONFIGURATION, listing all problems; of kind DATA if a value
   *     substitutes anything
   */
  public LoadedConfig with(List<String> overrides) {
    return ConfigLoader.override(effective, overrides);
  }
}
