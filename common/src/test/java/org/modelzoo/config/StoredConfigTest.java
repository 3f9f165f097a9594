package org.modelzoo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/** A stored configuration counts as it stands, whoever wrote it. */
class StoredConfigTest {
  private static final String FILE = "/runs/theirs/config.conf";

  @TempDir Path directory;

  @Test
  void noUrlIsAsked() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:%d/x.conf".formatted(server.getAddress().getPort());

      assertThat(refused("training.epochs = 3\ninclude url(\"%s\")".formatted(url)))
          .contains(FILE + " includes url(\"" + url + "\")")
          .contains("only a file given with --config may")
          .contains("nothing was read or fetched")
          .contains("restore it");
      refused("include required(url(\"%s\"))".formatted(url));
      refused("include \"%s\"".formatted(url));
      refused("training { include url(\"%s\") }".formatted(url));
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void noFileIsRead() throws IOException {
    Path other = Files.writeString(directory.resolve("other.conf"), "training.epochs = 77");

    assertThat(refused("include file(\"%s\")".formatted(other))).contains("file(\"" + other);
    refused("include \"%s\"".formatted(other));
    refused("include required(\"%s\")".formatted(other));
    refused("include file(\"%s\")".formatted(directory.resolve("missing.conf")));
    assertThat(refused("include classpath(\"reference.conf\")")).contains("classpath(\"reference");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${AWS_SECRET_ACCESS_KEY}",
        "${PATH}",
        "${?PATH}",
        "\"/nowhere/\"${?PATH}",
        "${java.home}",
        "${?data.directory}${?PATH}",
        "${experiment.name}"
      })
  void noVariableIsTakenIn(String value) {
    assertThat(refused("training.epochs = 3\noutput.directory = " + value))
        .startsWith(FILE + ": 2: output.directory = ")
        .contains("substitutes a value")
        .contains("nothing was read or fetched")
        .doesNotContain(System.getenv("PATH"), System.getProperty("java.home"));
  }

  @Test
  void neitherInListsNorUnderOneKeyTwice() {
    assertThat(refused("data.set.tasks = [{ name = ${?PATH} }]")).contains("${?PATH}");
    assertThat(refused("data { a = 1 }, data = ${?PATH}, data { b = 2 }")).contains("${?PATH}");
    refused("data.set.tasks += ${?PATH}");
  }

  @Test
  void bracketsWithoutEndAreRefused() {
    assertThat(refused("a = " + "[".repeat(200_000))).contains("nested too deeply");
  }

  @Test
  void whatThisProgramStoresReadsBack() {
    LoadedConfig loaded =
        ConfigLoader.load(
            List.of(), List.of("output.directory=\"/x/${PATH}\"", "data.directory=include"));

    assertThat(ConfigLoader.parse(loaded.render(), FILE)).isEqualTo(loaded);
  }

  /** Programs without the key rotated bilinearly; where nothing is rotated, that doesn't matter. */
  @Test
  void rotationsWithoutAnInterpolationAreThoseOfFormerPrograms() {
    String tasks =
        """
        data { directory = d, set { name = s, source.format = mnist, tasks = [
          { name = a, classes = [0, 1] }, { name = b, classes = [0, 1], rotation = %s } ] } }
        zoo.tasks-per-round = 1
        """;
    LoadedConfig former = ConfigLoader.parse(tasks.formatted("10.0"), FILE);
    LoadedConfig plain = ConfigLoader.parse(tasks.formatted("0.0"), FILE);
    LoadedConfig present = former.with(List.of("data.rotation.interpolation=nearest"));

    assertThat(former.values().data().interpolation()).isEqualTo(DataConfig.Interpolation.BILINEAR);
    assertThat(plain.values().data().interpolation()).isEqualTo(DataConfig.Interpolation.NEAREST);
    assertThat(ConfigLoader.parse(present.render(), FILE)).isEqualTo(present);
    assertThat(ConfigDifference.between(former, present))
        .containsExactly("data.rotation.interpolation: bilinear → nearest");
  }

  @Test
  void aKeyOfFormerProgramsThatDecidedNothingIsLeftOut() {
    LoadedConfig present = ConfigLoader.load(List.of(), List.of());
    String former = present.render() + "training.data-parallel.evaluate-every = 1";

    assertThat(ConfigLoader.parse(former, FILE)).isEqualTo(present);
    List<String> asked = List.of("training.data-parallel.evaluate-every=1");
    assertThatThrownBy(() -> ConfigLoader.load(List.of(), asked))
        .hasMessageContaining("unknown key; did you mean training.evaluate-every?");
  }

  @Test
  void changesByTheProgramSubstituteNothing() {
    LoadedConfig loaded = ConfigLoader.load(List.of(), List.of());

    ModelZooException error =
        catchThrowableOfType(
            ModelZooException.class, () -> loaded.with(List.of("output.directory=${PATH}")));

    assertThat(error.kind()).isEqualTo(ErrorKind.DATA);
    assertThat(error.getMessage()).contains("${PATH}").doesNotContain(System.getenv("PATH"));
    assertThatThrownBy(() -> loaded.with(List.of("a=[1]\ninclude url(\"http://127.0.0.1:1/\")")))
        .hasMessageContaining("override includes url(\"http://127.0.0.1:1/\")");
  }

  @Test
  void theUsersOwnFilesIncludeAndSubstitute() throws IOException {
    Files.writeString(directory.resolve("part.conf"), "training.epochs = 7");
    Path file =
        Files.writeString(
            directory.resolve("mine.conf"),
            "include file(\"%s\")\ndata.directory = ${?PATH}"
                .formatted(directory.resolve("part.conf")));

    ModelZooConfig config = ConfigLoader.load(List.of(file), List.of()).values();

    assertThat(config.training().epochs()).isEqualTo(7);
    assertThat(config.data().directory()).isEqualTo(System.getenv("PATH"));
  }

  private static String refused(String text) {
    ModelZooException error =
        catchThrowableOfType(ModelZooException.class, () -> ConfigLoader.parse(text, FILE));
    assertThat(error).as(text).isNotNull();
    assertThat(error.kind()).isEqualTo(ErrorKind.DATA);
    return error.getMessage();
  }
}
