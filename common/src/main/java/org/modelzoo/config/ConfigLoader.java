package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * Reads a configuration and checks it, once, on the driver, before anything is started.
 *
 * <p>Layers, later ones over earlier ones: {@code reference.conf}, the files in the order given,
 * the overrides. Where a layer names {@code data.set.source.format}, its {@code data.set} replaces
 * those of the layers before as a whole, since the keys of one data set make no sense for another.
 * System properties are never read; an environment variable only where a file or an override asks
 * for it as {@code ${NAME}} or, if it may be missing, {@code ${?NAME}}, and no stored configuration
 * may.
 */
public final class ConfigLoader {
  private static final String SET = "data.set";
  private static final List<String> SECTIONS =
      List.of(
          "experiment",
          "data",
          "network",
          "training",
          "zoo",
          "replay",
          "search",
          "cluster",
          "output",
          "trackers");
  private static final List<String> DEFAULTS = List.of("source-defaults", "task-defaults");

  /** The library's message about a substitution that looks like the name of a variable. */
  private static final Pattern VARIABLE =
      Pattern.compile("(?s)(?<place>.*?): Could not resolve .*?\\$\\{(?<name>[A-Z][A-Z0-9_]*)}.*");

  /** Parsed once: a search reads a configuration for every trial. */
  private static final Config REFERENCE =
      ConfigFactory.parseResources(ConfigLoader.class.getClassLoader(), "reference.conf");

  private ConfigLoader() {}

  /**
   * Reads files and overrides.
   *
   * @param files HOCON files; an {@code include} is relative to the file it stands in
   * @param overrides {@code key=value}, as on a command line
   * @throws ModelZooException of kind CONFIGURATION, listing all problems
   */
  public static LoadedConfig load(List<Path> files, List<String> overrides) {
    Problems problems = new Problems();
    List<Config> layers = new ArrayList<>();
    files.forEach(file -> layers.add(ConfigFile.parse(file, problems)));
    layers.add(Overrides.parse(overrides, problems));
    problems.throwIfAny();
    return read(layers, problems);
  }

  /**
   * Reads an effective configuration that was stored, for example in a run directory, whoever wrote
   * it there: the text alone counts, and no file, URL or environment variable that it may name. A
   * key that it has not means what the program did that wrote it.
   *
   * @param origin what the text is called in messages
   * @throws ModelZooException of kind DATA if the text includes or substitutes anything; of kind
   *     CONFIGURATION, listing all problems
   */
  public static LoadedConfig parse(String hocon, String origin) {
    Problems problems = new Problems();
    Config layer = ConfigFactory.empty();
    try {
      layer = FormerDefaults.addTo(StoredConfig.parse(hocon, origin));
    } catch (ConfigException exception) {
      problems.add(exception.getMessage() + "; correct the text");
    }
    problems.throwIfAny();
    return read(List.of(layer), problems);
  }

  /**
   * The keys of an effective configuration that was stored, each with its value as text, as {@link
   * LoadedConfig#flatten} has them. What they say is not checked, so that thousands can be read.
   *
   * @param origin what the text is called in messages
   * @throws ModelZooException of kind DATA if the text includes or substitutes anything, or can't
   *     be parsed
   */
  public static SortedMap<String, String> storedKeys(String hocon, String origin) {
    try {
      return HoconText.flatten(StoredConfig.parse(hocon, origin).root());
    } catch (ConfigException e) {
      throw new ModelZooException(ErrorKind.DATA, e.getMessage() + "; correct the text", e);
    }
  }

  /** Layers, later ones over earlier ones. */
  static LoadedConfig load(List<Config> layers) {
    return read(layers, new Problems());
  }

  /**
   * The effective configuration of a run with some keys changed, by the program: values may come
   * from a study's log, so none is substituted.
   */
  static LoadedConfig override(Config effective, List<String> overrides) {
    Problems problems = new Problems();
    Config changes = Overrides.parse(overrides, problems);
    problems.throwIfAny();
    StoredConfig.requireResolved(changes);
    return read(List.of(effective, changes), problems);
  }

  private static LoadedConfig read(List<Config> layers, Problems problems) {
    Config reference = reference();
    Config merged = ConfigFactory.empty();
    for (Config layer : layers) {
      merged = layer.withFallback(namesFormat(layer) ? merged.withoutPath(SET) : merged);
    }
    Config base = namesFormat(merged) ? reference.withoutPath(SET + ".name") : reference;
    for (String defaults : DEFAULTS) {
      base = base.withoutPath(defaults);
    }
    Section root = new Section("", resolved(merged, base, problems), problems);
    ModelZooConfig values = new ConfigReader(root, reference, problems).read();
    root.rejectUnknownKeys();
    new ConfigRules(values, root, problems).check();
    problems.throwIfAny();
    return new LoadedConfig(
        values, ConfigValueFactory.fromMap(root.values(), "effective configuration").toConfig());
  }

  static ConfigObject resolved(Config merged, Config base, Problems problems) {
    try {
      return merged.withFallback(base).resolve().root();
    } catch (ConfigException.UnresolvedSubstitution exception) {
      problems.add(unresolved(exception));
    } catch (ConfigException exception) {
      problems.add(exception.getMessage() + "; correct it");
    }
    problems.throwIfAny();
    return base.root();
  }

  private static String unresolved(ConfigException.UnresolvedSubstitution exception) {
    Matcher variable = VARIABLE.matcher(exception.getMessage());
    return variable.matches()
        ? "The environment variable %s is not set, and %s needs it; set it, as in: export %1$s=…"
            .formatted(variable.group("name"), variable.group("place"))
        : exception.getMessage() + "; define it, or write ${?…} for an optional one";
  }

  private static boolean namesFormat(Config layer) {
    try {
      return layer
          .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true))
          .hasPath(SET + ".source.format");
    } catch (ConfigException unresolved) {
      return false;
    }
  }

  private static Config reference() {
    return reference(Stream.concat(SECTIONS.stream(), DEFAULTS.stream()).toList());
  }

  /** Sections of our {@code reference.conf}; other libraries may bring their own. */
  static Config reference(List<String> sections) {
    Config ours = ConfigFactory.empty();
    for (String section : sections) {
      ours = ours.withFallback(REFERENCE.withOnlyPath(section));
    }
    return ours.resolve();
  }
}
