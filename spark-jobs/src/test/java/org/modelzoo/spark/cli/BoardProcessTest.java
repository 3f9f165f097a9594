package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.faults.Signals;

/**
 * The board as a process of its own: how signals end it, and what it takes from its environment.
 */
@Timeout(300)
class BoardProcessTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
  private static final String PASSWORD = "MODELZOO_BOARD_KEYSTORE_PASSWORD";

  @TempDir private Path directory;
  private Path out;
  private Path err;
  private Process process;

  @BeforeEach
  void files() {
    out = directory.resolve("out.txt");
    err = directory.resolve("err.txt");
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void ctrlCEndsItWellAlsoWhileSomebodyListens() throws Exception {
    start(Map.of());
    HttpResponse<InputStream> changes =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address() + "api/v1/changes")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(changes.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("retry:");
      Signals.send(process.toHandle(), "INT");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } catch (IOException e) {
      // Of the stream, which broke off.
    }
    assertThat(process.exitValue()).isZero();
    assertThat(errors()).isEmpty();
  }

  @Test
  void aSignalToEndIsHeardAsByAnyProgram() throws Exception {
    start(Map.of());
    address();
    Signals.send(process.toHandle(), "TERM");
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(errors()).isEmpty();
  }

  @Test
  void aKeystoreThatCannotBeOpenedIsOneClearError() throws Exception {
    Path keystore = directory.resolve("board.p12");
    Process keytool =
        new ProcessBuilder(
                JAVA.resolve("keytool").toString(),
                "-genkeypair",
                "-keystore",
                keystore.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "right-password",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();

    start(Map.of(PASSWORD, "wrong-password"), "--tls-keystore", keystore.toString());
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(errors())
        .singleElement()
        .asString()
        .startsWith("modelzoo: --tls-keystore " + keystore + " can't be opened: ")
        .contains(PASSWORD)
        .doesNotContain("wrong-password");

    String missing = directory.resolve("none.p12").toString();
    start(Map.of(PASSWORD, "right-password"), "--tls-keystore", missing);
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(errors())
        .singleElement()
        .asString()
        .contains("--tls-keystore " + missing, "can't be read");

    start(Map.of(PASSWORD, "right-password"), "--tls-keystore", keystore.toString());
    assertThat(address()).startsWith("https://localhost:");
  }

  private void start(Map<String, String> environment, String... options) throws IOException {
    // A shell's background jobs, and what they start, ignore Ctrl-C unless they are told otherwise.
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                JAVA.resolve("java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ModelZoo.class.getName(),
                "board",
                Files.createDirectories(directory.resolve("runs")).toString(),
                "--port",
                "0"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MODELZOO_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Where it says that it is. */
  private String address() throws IOException, InterruptedException {
    while (!Files.readString(out).endsWith("/\n")) {
      assertThat(process.isAlive()).as("%s", errors()).isTrue();
      Thread.sleep(50);
    }
    return Files.readString(out).strip().replaceFirst("^board at ", "");
  }

  private List<String> errors() throws IOException {
    return Files.readAllLines(err);
  }
}
