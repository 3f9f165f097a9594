package org.modelzoo.spark.progress;

import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.modelzoo.base.Secrets;
import org.modelzoo.fetch.FetchEvent;
import org.modelzoo.fetch.FetchEvent.MirrorFailed;
import org.modelzoo.fetch.FetchEvent.Present;
import org.modelzoo.fetch.FetchEvent.Progressed;
import org.modelzoo.fetch.FetchEvent.Retried;
import org.modelzoo.fetch.FetchEvent.Started;
import org.modelzoo.fetch.FetchEvent.Stored;
import org.modelzoo.fetch.PublishedFile;

/**
 * Shows how files come in: on a terminal one line that stays in its place, elsewhere a line every
 * few seconds.
 */
public final class FetchProgress implements Consumer<FetchEvent> {
  private static final long LIVE_INTERVAL_NANOS = 200_000_000L;
  private static final long PLAIN_INTERVAL_NANOS = 5_000_000_000L;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final int columns;
  private final LongSupplier nanoClock;
  private long startedNanos;
  private long startedBytes;
  private long shownNanos;

  private FetchProgress(PrintStream out, int columns, LongSupplier nanoClock) {
    this.out = out;
    this.columns = columns;
    this.nanoClock = nanoClock;
  }

  /** A view that redraws its last line, on a terminal of so many columns. */
  public static FetchProgress live(PrintStream out, int columns, LongSupplier nanoClock) {
    return new FetchProgress(out, columns, nanoClock);
  }

  /** A view that only appends lines. */
  public static FetchProgress plain(PrintStream out, LongSupplier nanoClock) {
    return new FetchProgress(out, 0, nanoClock);
  }

  @Override
  public void accept(FetchEvent event) {
    if (event instanceof Present present) {
      line(present.file().name() + "  there already, checksum right");
    } else if (event instanceof Started started) {
      startedNanos = nanoClock.getAsLong();
      startedBytes = started.from();
      shownNanos = startedNanos;
      line(started.file().name() + "  from " + shown(started.url()) + continued(started));
    } else if (event instanceof Progressed progressed) {
      progressed(progressed.file(), progressed.bytes());
    } else if (event instanceof Retried retried) {
      line(
          "%s  %s: %s; again in %.0f s"
              .formatted(
                  retried.file().name(),
                  shown(retried.url()),
                  retried.reason(),
                  Math.ceil(retried.pause().toMillis() / 1000.0)));
    } else if (event instanceof MirrorFailed failed) {
      line(
          "%s  %s given up: %s"
              .formatted(failed.file().name(), shown(failed.url()), failed.reason()));
    } else if (event instanceof Stored stored) {
      line(
          "%s  %s MB, checksum right".formatted(stored.file().name(), mega(stored.file().bytes())));
    }
  }

  private static String continued(Started started) {
    return started.from() == 0 ? "" : ", continued at " + mega(started.from()) + " MB";
  }

  private void progressed(PublishedFile file, long bytes) {
    long now = nanoClock.getAsLong();
    if (now - shownNanos < (columns > 0 ? LIVE_INTERVAL_NANOS : PLAIN_INTERVAL_NANOS)) {
      return;
    }
    shownNanos = now;
    double perSecond = (bytes - startedBytes) * 1e9 / (now - startedNanos);
    String text =
        "%s  %s of %s MB  %d %%  %.1f MB/s  ETA %s"
            .formatted(
                file.name(),
                mega(bytes),
                mega(file.bytes()),
                100 * bytes / file.bytes(),
                perSecond / 1e6,
                eta((file.bytes() - bytes) / perSecond));
    if (columns > 0) {
      out.print(CLEAR_LINE + (text.length() >= columns ? text.substring(0, columns - 1) : text));
      out.flush();
    } else {
      out.println(text);
    }
  }

  private void line(String text) {
    if (columns > 0) {
      out.print(CLEAR_LINE);
    }
    out.println(text);
  }

  private static String shown(Object url) {
    return Secrets.hiddenIn(url.toString());
  }

  private static String eta(double seconds) {
    if (seconds > 99 * 3600) {
      return "unknown";
    }
    long whole = Math.round(seconds);
    return "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
  }

  private static String mega(long bytes) {
    return "%.1f".formatted(bytes / 1e6);
  }
}
