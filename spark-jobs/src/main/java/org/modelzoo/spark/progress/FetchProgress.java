package org.modelzoo.spark.progress;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jline.terminal.Terminal;
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
public final class FetchProgress implements Consumer<FetchEvent>, AutoCloseable {
  private static final long LIVE_INTERVAL_NANOS = 200_000_000L;
  private static final long PLAIN_INTERVAL_NANOS = 5_000_000_000L;

  private final Consumer<String> lines;
  private final Consumer<String> state;
  private final long intervalNanos;
  private final LongSupplier nanoClock;
  private final Runnable end;
  private long startedNanos;
  private long startedBytes;
  private long shownNanos;

  private FetchProgress(
      Consumer<String> lines,
      Consumer<String> state,
      long intervalNanos,
      LongSupplier nanoClock,
      Runnable end) {
    this.lines = lines;
    this.state = state;
    this.intervalNanos = intervalNanos;
    this.nanoClock = nanoClock;
    this.end = end;
  }

  /** Lines that scroll above the state of the file that comes in. */
  public static FetchProgress live(Terminal terminal, LongSupplier nanoClock) {
    AtomicReference<List<String>> view = new AtomicReference<>(List.of());
    LiveTerminal live = LiveTerminal.open(terminal, size -> view.get());
    return new FetchProgress(
        line -> {
          view.set(List.of());
          live.print(line);
        },
        text -> view.set(List.of(text)),
        LIVE_INTERVAL_NANOS,
        nanoClock,
        live::close);
  }

  /** Only lines, those with the state too. */
  public static FetchProgress plain(PrintStream out, LongSupplier nanoClock) {
    return new FetchProgress(out::println, out::println, PLAIN_INTERVAL_NANOS, nanoClock, () -> {});
  }

  @Override
  public void accept(FetchEvent event) {
    if (event instanceof Present present) {
      lines.accept(present.file().name() + "  there already, checksum right");
    } else if (event instanceof Started started) {
      startedNanos = nanoClock.getAsLong();
      startedBytes = started.from();
      shownNanos = startedNanos;
      lines.accept(started.file().name() + "  from " + shown(started.url()) + continued(started));
    } else if (event instanceof Progressed progressed) {
      progressed(progressed.file(), progressed.bytes());
    } else if (event instanceof Retried retried) {
      lines.accept(
          "%s  %s: %s; again in %.0f s"
              .formatted(
                  retried.file().name(),
                  shown(retried.url()),
                  retried.reason(),
                  Math.ceil(retried.pause().toMillis() / 1000.0)));
    } else if (event instanceof MirrorFailed failed) {
      lines.accept(
          "%s  %s given up: %s"
              .formatted(failed.file().name(), shown(failed.url()), failed.reason()));
    } else if (event instanceof Stored stored) {
      lines.accept(
          "%s  %s MB, checksum right".formatted(stored.file().name(), mega(stored.file().bytes())));
    }
  }

  private static String continued(Started started) {
    return started.from() == 0 ? "" : ", continued at " + mega(started.from()) + " MB";
  }

  private void progressed(PublishedFile file, long bytes) {
    long now = nanoClock.getAsLong();
    if (now - shownNanos < intervalNanos) {
      return;
    }
    shownNanos = now;
    double perSecond = (bytes - startedBytes) * 1e9 / (now - startedNanos);
    state.accept(
        "%s  %s of %s MB  %d %%  %.1f MB/s  ETA %s"
            .formatted(
                file.name(),
                mega(bytes),
                mega(file.bytes()),
                100 * bytes / file.bytes(),
                perSecond / 1e6,
                eta((file.bytes() - bytes) / perSecond)));
  }

  /** Takes the state off the screen. */
  @Override
  public void close() {
    end.run();
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
