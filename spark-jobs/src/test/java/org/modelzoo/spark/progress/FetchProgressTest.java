package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.modelzoo.fetch.FetchEvent;
import org.modelzoo.fetch.PublishedFile;

class FetchProgressTest {
  private static final PublishedFile FILE = new PublishedFile("a.gz", 100_000_000, "");
  private static final URI URL = URI.create("https://host/a.gz");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long seconds;

  @Test
  void plainLinesComeEveryFewSeconds() {
    FetchProgress progress = FetchProgress.plain(out, () -> seconds * 1_000_000_000);

    progress.accept(new FetchEvent.Started(FILE, URL, 10_000_000));
    for (seconds = 1; seconds <= 9; seconds++) {
      progress.accept(new FetchEvent.Progressed(FILE, 10_000_000 + seconds * 2_000_000));
    }
    progress.accept(new FetchEvent.Retried(FILE, URL, "status 503", Duration.ofMillis(1500)));
    progress.accept(new FetchEvent.MirrorFailed(FILE, URL, "status 404"));
    progress.accept(new FetchEvent.Stored(FILE));

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "a.gz  from https://host/a.gz, continued at 10.0 MB",
            "a.gz  20.0 of 100.0 MB  20 %  2.0 MB/s  ETA 0:00:40",
            "a.gz  https://host/a.gz: status 503; again in 2 s",
            "a.gz  https://host/a.gz given up: status 404",
            "a.gz  100.0 MB, checksum right");
  }

  @Test
  void onATerminalTheStateStaysBelowUntilTheFileIsThere() throws IOException {
    Screen screen = new Screen(30, 5);
    FetchProgress progress = FetchProgress.live(screen.terminal(), () -> seconds * 1_000_000_000);

    progress.accept(new FetchEvent.Started(FILE, URL, 0));
    seconds = 1;
    progress.accept(new FetchEvent.Progressed(FILE, 5_000_000));
    screen.await("a.gz  5.0 of 100.0 MB  5 %  5.\n");
    progress.accept(new FetchEvent.Stored(FILE));
    progress.close();

    assertThat(screen.lines())
        .containsExactly("a.gz  from https://host/a.gz", "a.gz  100.0 MB, checksum right");
  }

  @Test
  void passwordsOfMirrorsAreNotShown() {
    FetchProgress progress = FetchProgress.plain(out, () -> 0);

    progress.accept(new FetchEvent.Started(FILE, URI.create("https://me:s3cret@host/a.gz"), 0));

    assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("s3cret");
  }
}
