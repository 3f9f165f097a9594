package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.SweepLoader;
import org.modelzoo.fetch.PublishedSets;
import picocli.CommandLine.ParseResult;

/**
 * Every {@code deploy/modelzoo} command on the project's pages has options that exist and a
 * configuration without problems; {@code ReadmeIT} plans those of the README.
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern VALUE_OPTIONS =
      Pattern.compile("case \"\\$1\" in(.*?)\\)\\s*\\[ \\$# -ge 2", Pattern.DOTALL);

  /** A reader's own, which OwnDataTest writes, and what a search leaves. */
  private static final List<Path> OF_READERS =
      List.of(Path.of("pets.conf"), Path.of("runs/search-small/best.conf"));

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandIsUnderstood(String command) throws IOException {
    ParseResult parsed = ModelZoo.commandLine().parseArgs(arguments(command));
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    List<Path> files = parsed.matchedOptionValue("--config", List.of());
    List<String> settings = parsed.matchedOptionValue("--set", List.of());
    if (parsed.commandSpec().name().equals("fetch")) {
      List<String> names = parsed.matchedPositionalValue(0, List.of());
      assertThat(names).isNotEmpty().allMatch(name -> PublishedSets.named(name) != null);
    } else if (parsed.commandSpec().name().equals("sweep")) {
      SweepLoader.load(files, settings);
    } else if (files.stream().allMatch(file -> file.startsWith(ROOT))) {
      ConfigLoader.load(files, settings);
    } else {
      assertThat(OF_READERS).containsAll(files);
    }
  }

  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path page : pages()) {
      Files.readString(page)
          .replaceAll("\\\\\n *", "")
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("deploy/modelzoo "))
          .filter(line -> !line.contains("…"))
          .forEach(commands::add);
    }
    assertThat(commands).hasSizeGreaterThan(10);
    return commands;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
        Stream<Path> deploy = Files.walk(ROOT.resolve("deploy"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), Stream.concat(docs, deploy))
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  /** Without the options that the launcher hands to Spark; a shell's variables are 2. */
  private static String[] arguments(String command) throws IOException {
    Set<String> ofSpark = optionsOfSpark();
    List<String> arguments = new ArrayList<>();
    List<String> words =
        Arrays.stream(command.replaceAll("\\$\\w+", "2").replace("'", "").split(" +", -1))
            .skip(1)
            .toList();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (ofSpark.contains(word)) {
        i++;
      } else {
        arguments.add(word.startsWith("conf/") ? ROOT.resolve(word).toString() : word);
      }
    }
    return arguments.toArray(String[]::new);
  }

  private static Set<String> optionsOfSpark() throws IOException {
    var matcher = VALUE_OPTIONS.matcher(Files.readString(ROOT.resolve("deploy/modelzoo")));
    assertThat(matcher.find()).isTrue();
    return Stream.of(matcher.group(1).split("[\\s|\\\\]+", -1))
        .filter(word -> word.startsWith("-"))
        .collect(Collectors.toSet());
  }
}
