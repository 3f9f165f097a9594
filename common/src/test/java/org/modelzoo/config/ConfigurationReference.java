package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Turns {@code reference.conf} with its comments into a page of Markdown. */
final class ConfigurationReference {
  private static final String HEAD =
      """
      # Configuration reference

      Made from [`reference.conf`](../common/src/main/resources/reference.conf) by a test; change that file, not this one.

      Own files, in [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md), hold only what differs. Layers, later ones over earlier
      ones: `reference.conf`, the files of `--config` in their order, `--set key=value`. A file may begin with
      `include "../data/coarse_cifar100.conf"`, relative to itself. Unknown keys are errors. Environment variables are read where a file asks
      for one: `directory = ${MODELZOO_DATA}`, an error where it is not set, or `${?MODELZOO_DATA}`. "Paper" is Ramesh and Chaudhari, "Model Zoo: A Growing Brain That Learns Continually", ICLR 2022;
      [algorithm.md](algorithm.md) has its symbols.
      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  private ConfigurationReference() {}

  static String of(Config reference) {
    ConfigurationReference made = new ConfigurationReference();
    inOrder(reference.root())
        .forEach(section -> made.section("", section.getKey(), section.getValue()));
    return made.page.toString();
  }

  /** A heading, what the section is for, its keys as a table, then the sections inside. */
  private void section(String above, String name, ConfigValue value) {
    String path = above + name;
    long depth = path.chars().filter(character -> character == '.').count();
    page.append("\n%s `%s`\n".formatted("#".repeat((int) Math.min(4, 2 + depth)), path));
    String meaning = CommentText.of(value.origin().comments());
    if (!meaning.isEmpty()) {
      page.append('\n').append(meaning).append('\n');
    }
    List<Map.Entry<String, ConfigValue>> entries = inOrder((ConfigObject) value);
    if (entries.stream().anyMatch(entry -> !isSection(entry.getValue()))) {
      page.append("\n| key | kind | default | meaning |\n|---|---|---|---|\n");
    }
    entries.stream()
        .filter(entry -> !isSection(entry.getValue()))
        .forEach(entry -> row(entry.getKey(), entry.getValue()));
    entries.stream()
        .filter(entry -> isSection(entry.getValue()))
        .forEach(entry -> section(path + ".", entry.getKey(), entry.getValue()));
  }

  private void row(String key, ConfigValue value) {
    String shown = value.render(ConfigRenderOptions.concise());
    page.append(
        "| `%s` | %s | `%s` | %s |\n"
            .formatted(key, kind(value), shown, CommentText.of(value.origin().comments())));
  }

  private static boolean isSection(ConfigValue value) {
    return value instanceof ConfigObject object && !object.isEmpty();
  }

  private static String kind(ConfigValue value) {
    if (value.valueType() == ConfigValueType.NUMBER) {
      return value.unwrapped() instanceof Double ? "number" : "whole number";
    }
    if (value.valueType() == ConfigValueType.STRING) {
      return value.unwrapped().toString().matches("[0-9]+[smh]") ? "time" : "text";
    }
    return switch (value.valueType()) {
      case BOOLEAN -> "true or false";
      case LIST -> "list";
      default -> "section";
    };
  }

  /** As they stand in the file; Typesafe Config keeps them in no order. */
  private static List<Map.Entry<String, ConfigValue>> inOrder(ConfigObject object) {
    return object.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()))
        .toList();
  }
}
