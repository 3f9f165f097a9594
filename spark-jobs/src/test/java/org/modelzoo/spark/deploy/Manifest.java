package org.modelzoo.spark.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** One document of deploy/kubernetes. */
public record Manifest(String file, JsonNode content) {
  private static final Path DIRECTORY = DeployProgram.DEPLOY.resolve("kubernetes");

  /** All documents of all files. */
  public static List<Manifest> all() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(file -> read(file).stream())
          .toList();
    }
  }

  /** The documents of a kind in a file. */
  public static List<Manifest> of(String file, String kind) {
    return read(DIRECTORY.resolve(file)).stream()
        .filter(manifest -> manifest.kind().equals(kind))
        .toList();
  }

  private static List<Manifest> read(Path file) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Manifest> documents = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      ObjectMapper json = new ObjectMapper();
      for (Object document : new Yaml(new SafeConstructor(options)).loadAll(reader)) {
        documents.add(new Manifest(file.getFileName().toString(), json.valueToTree(document)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents;
  }

  /** Its kind. */
  public String kind() {
    return content.path("kind").asText();
  }

  /** Its name. */
  public String name() {
    return content.at("/metadata/name").asText();
  }

  /** Specification of a Spark application, scheduled or not. */
  JsonNode application() {
    JsonNode spec = content.path("spec");
    return kind().equals("ScheduledSparkApplication") ? spec.path("template") : spec;
  }

  @Override
  public String toString() {
    return file + ": " + kind() + " " + name();
  }
}
