package org.modelzoo.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.fetch.FetchFixture.CONTENT;
import static org.modelzoo.fetch.FetchFixture.set;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

class FetchTest {
  @TempDir private Path directory;
  private FetchFixture fetch;

  @BeforeEach
  void prepare() {
    fetch = new FetchFixture(directory);
  }

  @Test
  void aFileAppearsWholeAndNothingElseStays() throws IOException {
    try (Mirror mirror = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      fetch.run(set(CONTENT, mirror));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(fetch.target().getParent()).isDirectoryContaining("glob:**images.bin");
      assertThat(fetch.target().getParent().toFile().list()).hasSize(1);
      assertThat(fetch.staging()).isEmptyDirectory();
      assertThat(mirror.requests()).hasSize(1);
      assertThat(mirror.requests().get(0).target()).isEqualTo("/files/images.bin");
      assertThat(fetch.events(FetchEvent.Progressed.class))
          .last()
          .extracting(FetchEvent.Progressed::bytes)
          .isEqualTo((long) CONTENT.length);
    }
  }

  @Test
  void whatIsThereAndWholeIsNotFetchedAgain() throws IOException {
    try (Mirror mirror = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      fetch.run(set(CONTENT, mirror));
      fetch.run(set(CONTENT, mirror));

      assertThat(mirror.requests()).hasSize(1);
      assertThat(fetch.events).last().isInstanceOf(FetchEvent.Present.class);
    }
  }

  @Test
  void anotherFileOfTheSameNameStays() throws IOException {
    Files.createDirectories(fetch.target().getParent());
    Files.writeString(fetch.target(), "mine");
    try (Mirror mirror = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      assertThatThrownBy(() -> fetch.run(set(CONTENT, mirror)))
          .matches(of(ErrorKind.DATA))
          .hasMessageContainingAll("images.bin", "not the published file", "move it away");

      assertThat(fetch.target()).hasContent("mine");
      assertThat(mirror.requests()).isEmpty();
    }
  }

  @Test
  void mirrorsOfTheUserAreAskedFirstAndInTheirOrder() throws IOException {
    try (Mirror first = new Mirror(Mirror.status("404 Not Found"));
        Mirror second = new Mirror(Mirror.status("403 Forbidden"));
        Mirror usual = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      fetch.run(set(CONTENT, usual), 2, List.of(first.uri(), second.uri()), Map.of());

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(fetch.events(FetchEvent.MirrorFailed.class))
          .extracting(FetchEvent.MirrorFailed::reason)
          .containsExactly("status 404", "status 403");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"503 Unavailable", "429 Too Many Requests", "500 Oops"})
  void aServerInTroubleIsAskedAgain(String status) throws IOException {
    try (Mirror mirror = new Mirror(Mirror.status(status), Mirror.content(CONTENT, "\"1\""))) {
      fetch.run(set(CONTENT, mirror));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(fetch.events(FetchEvent.Retried.class))
          .singleElement()
          .extracting(FetchEvent.Retried::pause)
          .isEqualTo(Duration.ofMillis(10));
    }
  }

  @Test
  void theErrorNamesEveryMirrorAndWhatToDo() throws IOException {
    try (Mirror busy = new Mirror(Mirror.status("503 Unavailable"));
        Mirror empty = new Mirror(Mirror.status("404 Not Found"))) {
      assertThatThrownBy(() -> fetch.run(set(CONTENT, busy, empty)))
          .matches(of(ErrorKind.DATA))
          .hasMessageContainingAll(
              busy.uri() + "images.bin: status 503",
              empty.uri() + "images.bin: status 404",
              "--mirror");

      assertThat(busy.requests()).hasSize(2);
      assertThat(empty.requests()).hasSize(1);
      assertThat(fetch.target()).doesNotExist();
    }
  }

  @Test
  void aServerThatIsNotThereIsSaid() throws IOException {
    Mirror gone = new Mirror(Mirror.status("200 OK"));
    gone.close();

    assertThatThrownBy(() -> fetch.run(set(CONTENT, gone)))
        .matches(of(ErrorKind.DATA))
        .hasMessageContaining("no connection: ConnectException");
  }

  @Test
  void redirectionsAreFollowedButNotForEver() throws IOException {
    try (Mirror mirror = new Mirror(Mirror.content(CONTENT, "\"1\""));
        Mirror pointer =
            new Mirror(Mirror.status("302 Found", "Location: " + mirror.uri() + "there"));
        Mirror circle = new Mirror(Mirror.status("302 Found", "Location: /again"))) {
      fetch.run(set(CONTENT, circle, pointer));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(mirror.requests().get(0).target()).isEqualTo("/files/there");
      assertThat(fetch.events(FetchEvent.MirrorFailed.class))
          .singleElement()
          .extracting(FetchEvent.MirrorFailed::reason)
          .asString()
          .contains("redirects without end");
    }
  }

  @Test
  void aFileOfAnotherLengthIsRefusedUnread() throws IOException {
    byte[] longer = Arrays.copyOf(CONTENT, CONTENT.length + 1);
    try (Mirror mirror = new Mirror(Mirror.content(longer, "\"1\""))) {
      assertThatThrownBy(() -> fetch.run(set(CONTENT, mirror)))
          .matches(of(ErrorKind.DATA))
          .hasMessageContaining("it offers 100,001 bytes where the published file has 100,000");

      assertThat(fetch.events(FetchEvent.Started.class)).isEmpty();
      assertThat(fetch.staging()).isEmptyDirectory();
    }
  }

  @Test
  void anEndlessAnswerIsCutOff() throws IOException {
    Mirror.Answer endless =
        (request, out) -> {
          Mirror.head(out, "200 OK");
          while (true) {
            out.write(CONTENT);
          }
        };
    try (Mirror mirror = new Mirror(endless)) {
      assertThatThrownBy(() -> fetch.run(set(CONTENT, mirror)))
          .matches(of(ErrorKind.DATA))
          .hasMessageContaining("sends more than the 100,000 bytes");

      assertThat(fetch.events(FetchEvent.Progressed.class))
          .allMatch(progress -> progress.bytes() <= CONTENT.length);
    }
  }

  @Test
  void wrongContentNeverGetsIntoPlace() throws IOException {
    byte[] wrong = CONTENT.clone();
    wrong[50_000]++;
    try (Mirror mirror = new Mirror(Mirror.content(wrong, "\"1\""))) {
      assertThatThrownBy(() -> fetch.run(set(CONTENT, mirror)))
          .matches(of(ErrorKind.DATA))
          .hasMessageContaining("it is not the published file: its SHA-256 is");

      assertThat(mirror.requests()).hasSize(1);
      assertThat(fetch.target().getParent()).isEmptyDirectory();
    }
  }

  @Test
  void whatMayNotBeWrittenToIsSaidBeforeAnythingIsFetched() throws IOException {
    Files.writeString(directory.resolve("data"), "a file");
    try (Mirror mirror = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      assertThatThrownBy(() -> fetch.run(set(CONTENT, mirror)))
          .matches(of(ErrorKind.CONFIGURATION))
          .hasMessageContainingAll("can't write to", "data/set", "--directory");

      assertThat(mirror.requests()).isEmpty();
    }
  }

  @Test
  void aFileThatDoesNotFitOnTheDiskIsNotBegun() throws IOException {
    PublishedFile huge = new PublishedFile(FetchFixture.NAME, 1L << 60, "0".repeat(64));
    try (Mirror mirror = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      assertThatThrownBy(() -> fetch.run(set(huge, mirror.uri())))
          .matches(of(ErrorKind.CLUSTER))
          .hasMessageContainingAll("bytes left", "images.bin takes 1,152,921,504,606,846,976");

      assertThat(mirror.requests()).isEmpty();
    }
  }

  @Test
  void aDiskThatFillsUpEndsItWithoutAskingAgain() throws IOException {
    PublishedSet set = set(CONTENT);
    Files.createDirectories(fetch.staging());
    Path path;
    try (PartFile part = PartFile.open(fetch.staging(), set.files().get(0))) {
      path = part.path();
    }
    Files.createSymbolicLink(path, Path.of("/dev/full"));
    try (Mirror mirror = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      assertThatThrownBy(() -> fetch.run(set(CONTENT, mirror)))
          .matches(of(ErrorKind.CLUSTER))
          .hasMessageContainingAll("No space left on device", "make room", "--staging");

      assertThat(mirror.requests()).hasSize(1);
    }
  }

  @Test
  void twoCannotFetchTheSameFileAtOnce() throws IOException {
    try (Mirror mirror = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      PublishedSet set = set(CONTENT, mirror);
      try (PartFile held = PartFile.open(fetch.staging(), set.files().get(0))) {
        assertThatThrownBy(() -> fetch.run(set))
            .matches(of(ErrorKind.CLUSTER))
            .hasMessageContainingAll(held.path().toString(), "another process");
      }
    }
  }

  @Test
  void aProxyOfTheEnvironmentIsUsed() throws IOException {
    try (Mirror proxy = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      fetch.run(
          set(set(CONTENT, proxy).files().get(0), URI.create("http://mirror.invalid/files/")),
          1,
          List.of(),
          Map.of("http_proxy", "http://127.0.0.1:" + proxy.port()));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(proxy.requests().get(0).target())
          .isEqualTo("http://mirror.invalid/files/images.bin");
    }
  }

  private static Predicate<Throwable> of(ErrorKind kind) {
    return error -> error instanceof ModelZooException known && known.kind() == kind;
  }
}
