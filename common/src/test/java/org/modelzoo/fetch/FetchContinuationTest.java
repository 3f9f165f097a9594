package org.modelzoo.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.fetch.FetchFixture.CONTENT;
import static org.modelzoo.fetch.FetchFixture.set;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ModelZooException;

class FetchContinuationTest {
  private static final int HALF = CONTENT.length / 2;

  @TempDir private Path directory;
  private FetchFixture fetch;

  @BeforeEach
  void prepare() {
    fetch = new FetchFixture(directory);
  }

  @Test
  void aTruncatedFileIsContinuedAsTheSameVersion() throws IOException {
    try (Mirror mirror =
        new Mirror(Mirror.truncated(CONTENT, HALF, "\"1\""), Mirror.content(CONTENT, "\"1\""))) {
      fetch.run(set(CONTENT, mirror));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(mirror.requests()).hasSize(2);
      assertThat(mirror.requests().get(1).header("range")).isEqualTo("bytes=" + HALF + "-");
      assertThat(mirror.requests().get(1).header("if-range")).isEqualTo("\"1\"");
    }
  }

  @Test
  void aLaterStartContinues() throws IOException {
    try (Mirror mirror =
        new Mirror(
            Mirror.truncated(CONTENT, HALF, "\"1\""),
            Mirror.status("404 Not Found"),
            Mirror.content(CONTENT, "\"1\""))) {
      assertThatThrownBy(() -> fetch.run(set(CONTENT, mirror)))
          .isInstanceOf(ModelZooException.class);
      fetch.run(set(CONTENT, mirror));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(mirror.requests().get(2).from()).isEqualTo(HALF);
      assertThat(mirror.requests().get(2).header("if-range")).isEqualTo("\"1\"");
    }
  }

  @Test
  void anotherMirrorContinuesWhateverItsVersionIsCalled() throws IOException {
    try (Mirror first =
            new Mirror(Mirror.truncated(CONTENT, HALF, "\"1\""), Mirror.status("404 Not Found"));
        Mirror second = new Mirror(Mirror.content(CONTENT, "\"other\""))) {
      fetch.run(set(CONTENT, first, second));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(second.requests().get(0).from()).isEqualTo(HALF);
      assertThat(second.requests().get(0).header("if-range")).isEmpty();
    }
  }

  @Test
  void aMirrorWithAnotherFileLeavesWhatIsHere() throws IOException {
    try (Mirror first =
            new Mirror(Mirror.truncated(CONTENT, HALF, "\"1\""), Mirror.status("404 Not Found"));
        Mirror other = new Mirror(Mirror.status("200 OK", "Content-Length: 5"));
        Mirror last = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      fetch.run(set(CONTENT, first, other, last));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(last.requests()).extracting(Mirror.Request::from).containsExactly(HALF);
    }
  }

  @Test
  void aServerThatIgnoresRangesSendsItAll() throws IOException {
    Mirror.Answer whole =
        (request, out) -> {
          Mirror.head(out, "200 OK", "Content-Length: " + CONTENT.length);
          out.write(CONTENT);
        };
    try (Mirror mirror = new Mirror(Mirror.truncated(CONTENT, HALF, "\"1\""), whole)) {
      fetch.run(set(CONTENT, mirror));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(fetch.events(FetchEvent.Started.class))
          .extracting(FetchEvent.Started::from)
          .containsExactly(0L, 0L);
    }
  }

  @Test
  void aNewVersionIsFetchedFromItsStart() throws IOException {
    byte[] old = FetchFixture.content(CONTENT.length - 1);
    try (Mirror mirror =
        new Mirror(
            (request, out) -> {
              Mirror.head(out, "200 OK", "Content-Length: " + CONTENT.length, "ETag: \"old\"");
              out.write(old, 0, HALF);
            },
            Mirror.content(CONTENT, "\"new\""))) {
      fetch.run(set(CONTENT, mirror));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(mirror.requests()).hasSize(2);
    }
  }

  @Test
  void aPartThatTurnsOutWrongIsFetchedAnew() throws IOException {
    byte[] wrong = FetchFixture.content(CONTENT.length - 1);
    try (Mirror liar =
            new Mirror(
                (request, out) -> {
                  Mirror.head(out, "200 OK", "Content-Length: " + CONTENT.length);
                  out.write(wrong, 0, HALF);
                },
                Mirror.status("404 Not Found"));
        Mirror honest = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      fetch.run(set(CONTENT, liar, honest));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(honest.requests()).extracting(Mirror.Request::from).containsExactly(HALF, 0);
    }
  }

  @Test
  void aWrongContinuationIsNotAdded() throws IOException {
    Mirror.Answer elsewhere =
        (request, out) -> {
          Mirror.head(
              out,
              "206 Partial Content",
              "Content-Length: " + HALF,
              "Content-Range: bytes 0-%d/%d".formatted(HALF - 1, CONTENT.length));
          out.write(CONTENT, 0, HALF);
        };
    try (Mirror mirror =
        new Mirror(
            Mirror.truncated(CONTENT, HALF, "\"1\""),
            elsewhere,
            Mirror.content(CONTENT, "\"1\""))) {
      fetch.run(set(CONTENT, mirror), 3);

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(mirror.requests()).extracting(Mirror.Request::from).containsExactly(0, HALF, 0);
    }
  }

  @Test
  void aPartThatTheServerCannotContinueIsFetchedAnew() throws IOException {
    try (Mirror mirror =
            new Mirror(Mirror.truncated(CONTENT, HALF, "\"1\""), Mirror.status("404 Not Found"));
        Mirror other =
            new Mirror(
                Mirror.status("416 Range Not Satisfiable"), Mirror.content(CONTENT, "\"1\""))) {
      fetch.run(set(CONTENT, mirror, other));

      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(other.requests()).extracting(Mirror.Request::from).containsExactly(HALF, 0);
    }
  }

  @Test
  void aConnectionThatBreaksAgainAndAgainComesToAnEnd() throws IOException {
    byte[] large = FetchFixture.content(5 << 20);
    Mirror.Answer megabyte =
        (request, out) -> {
          int from = request.from();
          Mirror.head(
              out,
              from == 0 ? "200 OK" : "206 Partial Content",
              "Content-Length: " + (large.length - from),
              "Content-Range: bytes %d-%d/%d".formatted(from, large.length - 1, large.length));
          out.write(large, from, Math.min(large.length - from, 1_200_000));
          out.flush();
          // What the client has not read when a connection breaks is lost to it.
          Thread.sleep(100);
        };
    try (Mirror mirror = new Mirror(megabyte)) {
      fetch.run(set(large, mirror));

      assertThat(fetch.target()).hasBinaryContent(large);
      assertThat(mirror.requests()).hasSizeBetween(5, 6);
    }
  }

  @Test
  void aStallEndsByTheTimeLimitAndTheRestComesFromElsewhere() throws IOException {
    Mirror.Answer stall =
        (request, out) -> {
          Mirror.head(out, "200 OK", "Content-Length: " + CONTENT.length);
          out.write(CONTENT, 0, HALF);
          out.flush();
          Thread.sleep(60_000);
        };
    assertEndsSoon(stall, "it sent next to nothing for 0.4 s", HALF);
  }

  @Test
  void aTrickleIsAStall() throws IOException {
    Mirror.Answer trickle =
        (request, out) -> {
          Mirror.head(out, "200 OK", "Content-Length: " + CONTENT.length);
          trickle(out);
        };
    assertEndsSoon(trickle, "it sent next to nothing for 0.4 s", 1);
  }

  @Test
  void silenceEndsByTheTimeLimit() throws IOException {
    assertEndsSoon((request, out) -> Thread.sleep(60_000), "no answer within 0.4 s", 0);
  }

  private void assertEndsSoon(Mirror.Answer answer, String reason, int leastKept)
      throws IOException {
    try (Mirror slow = new Mirror(answer);
        Mirror quick = new Mirror(Mirror.content(CONTENT, "\"1\""))) {
      long start = System.nanoTime();
      fetch.run(set(CONTENT, slow, quick), 1);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      assertThat(fetch.target()).hasBinaryContent(CONTENT);
      assertThat(quick.requests().get(0).from()).isBetween(leastKept, CONTENT.length - 1);
      assertThat(fetch.events(FetchEvent.MirrorFailed.class))
          .extracting(FetchEvent.MirrorFailed::reason)
          .containsExactly(reason);
    }
  }

  private static void trickle(OutputStream out) throws IOException, InterruptedException {
    for (byte value : CONTENT) {
      out.write(value);
      out.flush();
      Thread.sleep(20);
    }
  }
}
