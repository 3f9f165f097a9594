package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.TinyExperiment;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

/** A run directory of others: no command follows what its configuration points at. */
@ExtendWith(LocalMaster.class)
class PlantedConfigurationTest {
  @TempDir private Path directory;

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void everyCommandRefusesAnIncludedUrlAndSendsNothing() {
    String url = "http://127.0.0.1:%d/x.conf".formatted(server.getAddress().getPort());
    Path run = planted("include url(\"%s\")".formatted(url), "zoo");

    for (String[] command : commands(run)) {
      assertRefused(command, run + "/config.conf includes url(\"" + url + "\")");
    }
    assertThat(requests).hasValue(0);
    assertThat(run.resolve("report.html")).doesNotExist();
  }

  @Test
  void everyCommandRefusesAVariableAndShowsNoneOfIt() {
    Path run = planted("data.directory = \"/nowhere/\"${?PATH}", "zoo");

    for (String[] command : commands(run)) {
      assertRefused(command, run + "/config.conf: 1: data.directory = \"/nowhere/\"${?PATH}");
    }
    assertThat(run.resolve("report.html")).doesNotExist();
  }

  @Test
  void anIncludedFileAndAMissingVariableAreRefusedAlike() throws IOException {
    Path other = Files.writeString(directory.resolve("other.conf"), "training.epochs = 3");
    Path including = planted("include file(\"%s\")".formatted(other), "zoo");
    assertRefused(new String[] {"report", including.toString()}, "includes file(\"" + other);

    Path substituting = planted("data.directory = ${AWS_SECRET_ACCESS_KEY}", "zoo");
    assertRefused(
        new String[] {"report", substituting.toString()},
        "config.conf: 1: data.directory = ${AWS_SECRET_ACCESS_KEY}");
  }

  @Test
  void aSearchIsNotContinuedOnOne() {
    planted(
        "include url(\"http://127.0.0.1:%d/\")".formatted(server.getAddress().getPort()), "search");

    assertRefused(
        TinyExperiment.arguments(
            "search",
            directory,
            "search.space={\"training.momentum\":{choice:[0,0.9]}}",
            "search.trials=1"),
        "config.conf includes url(\"");
    assertThat(requests).hasValue(0);
  }

  private static void assertRefused(String[] command, String finding) {
    Console console = Console.run(command);

    assertThat(console.exitCode()).as("%s: %s", command[0], console.err()).isEqualTo(3);
    assertThat(console.err())
        .containsOnlyOnce("modelzoo: ")
        .contains(finding, "only a file given with --config may", "nothing was read or fetched")
        .doesNotContain("\tat ", System.getenv("PATH"));
  }

  private List<String[]> commands(Path run) {
    String zoo = run.toString();
    String output = directory.resolve("output").toString();
    return List.of(
        new String[] {"report", zoo},
        new String[] {"report", "--images", zoo},
        new String[] {"evaluate", "--zoo", zoo, "--output", output},
        new String[] {"predict", "--zoo", zoo, "--task", "t", "--input", zoo, "--output", output},
        new String[] {"export", "--zoo", zoo, "--output", output},
        continued(zoo),
        TinyExperiment.arguments("train", directory));
  }

  /** Training that begins with the zoo of a run. */
  private String[] continued(String zoo) {
    String[] train = TinyExperiment.arguments("train", directory, "experiment.name=longer");
    return Stream.concat(Stream.of(train), Stream.of("--zoo", zoo)).toArray(String[]::new);
  }

  /** Where the tiny experiment would continue. */
  private Path planted(String configuration, String method) {
    Path run = directory.resolve("tiny");
    RunDirectory.at(run.toString(), new Configuration())
        .create(
            new RunIdentity(
                RunIdentity.FORMAT_VERSION,
                "0.1",
                method,
                1,
                "c0ffee",
                "da7a",
                "2025-01-01T00:00:00Z",
                List.of()),
            configuration);
    return run;
  }
}
