package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.TinyExperiment;
import org.modelzoo.spark.event.Redaction;

/** Secrets in Spark's settings, planted as spark-submit hands them on. */
class RedactionTest {
  private static final String SECRET = "pl4nted";

  @TempDir private Path directory;

  private final Map<String, String> settings =
      Map.of(
          "spark.master", "local[1]",
          "spark.ui.enabled", "false",
          "spark.hadoop.fs.s3a.secret.key", SECRET + "-s3a",
          "spark.hadoop.fs.azure.account.key.a.net", SECRET + "-azure",
          "spark.authenticate", "true",
          "spark.authenticate.secret", SECRET + "-rpc",
          "spark.eventLog.enabled", "true");

  @BeforeEach
  void plant() throws IOException {
    settings.forEach(System::setProperty);
    System.setProperty(
        "spark.eventLog.dir", Files.createDirectory(directory.resolve("log")).toUri().toString());
  }

  @AfterEach
  void pull() {
    settings.keySet().forEach(System::clearProperty);
    System.clearProperty("spark.eventLog.dir");
  }

  @Test
  void aRunKeepsThemOutOfItsFilesItsOutputAndSparksEventLog() throws IOException {
    Console console =
        Console.run(TinyExperiment.arguments("train", directory, "training.epochs=1"));

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out() + console.err()).doesNotContain(SECRET);
    assertThat(directory.resolve("log")).isNotEmptyDirectory();
    assertThat(filesWith("fs.s3a.secret.key")).as("the event log has the keys").isNotEmpty();
    assertThat(filesWith(SECRET)).isEmpty();
  }

  @Test
  void errorsShowNone() {
    List<String[]> commands =
        List.of(
            TinyExperiment.arguments("train", directory, "data.directory=s3a://k:pl4nted@b/d"),
            TinyExperiment.arguments("train", directory, "spark.hadoop.fs.s3a.secret.key=pl4nted"),
            TinyExperiment.arguments("validate", directory, "output.secret=pl4nted"),
            TinyExperiment.arguments("train", directory, "output.directory=no://h/pl4nted-s3a"),
            new String[] {"train", "--conf", "spark.authenticate.secret=pl4nted"});
    for (String[] command : commands) {
      Console console = Console.run(command, "--stacktrace");
      assertThat(console.exitCode()).isNotZero();
      assertThat(console.err()).contains("modelzoo: ");
      assertThat(console.out() + console.err()).doesNotContain(SECRET);
    }
  }

  @Test
  void valuesAreHiddenWhereverTheyTurnUp() {
    assertThat(Redaction.of("403 for pl4nted-s3a at host:80"))
        .isEqualTo("403 for (hidden) at host:80");
  }

  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> content(file).contains(text))
          .toList();
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
