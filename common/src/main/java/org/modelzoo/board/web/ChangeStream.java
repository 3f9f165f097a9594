package org.modelzoo.board.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.modelzoo.board.BoardIndex;
import org.modelzoo.board.BoardIndex.Changes;

/**
 * What changes, as server-sent events to whoever listens. A listener that is too slow for all of
 * them is let go; its browser asks again by itself.
 */
final class ChangeStream {
  static final String PATH = BoardApi.PREFIX + "/changes";
  static final String TYPE = "text/event-stream; charset=utf-8";

  /** Each has a thread of the server. */
  static final int MOST_LISTENERS = 100;

  private static final long HEARTBEAT_SECONDS = 15;
  private static final int MOST_WAITING = 256;

  private final BoardIndex index;
  private final AtomicInteger listeners = new AtomicInteger();

  ChangeStream(BoardIndex index) {
    this.index = index;
  }

  int listeners() {
    return listeners.get();
  }

  /** Takes a place for a listener; false where all are taken. */
  boolean enter() {
    if (listeners.incrementAndGet() > MOST_LISTENERS) {
      listeners.decrementAndGet();
      return false;
    }
    return true;
  }

  /**
   * Writes changes until the listener is gone, or the server ends; gives its place back.
   *
   * @throws IOException when it is gone
   */
  void send(Response response) throws IOException, InterruptedException {
    BlockingQueue<Changes> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    boolean[] lost = new boolean[1];
    Consumer<Changes> listener =
        changes -> {
          if (!waiting.offer(changes)) {
            lost[0] = true;
          }
        };
    index.listen(listener);
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      write(out, "retry: 2000\n: version " + index.version() + "\n\n");
      while (!lost[0]) {
        Changes changes = waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        write(
            out,
            changes == null
                ? ": still here\n\n"
                : "event: changes\ndata: " + new String(ApiJson.bytes(changes), UTF_8) + "\n\n");
      }
    } finally {
      index.unlisten(listener);
      listeners.decrementAndGet();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }
}
