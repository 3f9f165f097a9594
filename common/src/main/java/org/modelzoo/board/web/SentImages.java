package org.modelzoo.board.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Receives images into memory, within bounds of length, time and number. */
final class SentImages {
  /** A camera's JPEG has some megabytes. */
  static final int MOST_BYTES = 8 << 20;

  /** What is a little too long is taken and thrown away, so that its sender reads the answer. */
  private static final int MOST_TAKEN = 4 * MOST_BYTES;

  private static final Set<String> TYPES = Set.of("image/png", "image/jpeg");
  private static final int MOST_AT_ONCE = 12;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int CHUNK = 1 << 16;

  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * The answer to an image, or why it is not taken.
   *
   * @param answer made of the image's bytes
   */
  Answer receive(Request request, Function<byte[], Answer> answer) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || !TYPES.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
      return Answer.error(
          415,
          "the header Content-Type must be image/png or image/jpeg, %s"
              .formatted(type == null ? "and is missing" : "not \"" + type + "\""));
    }
    if (!places.tryAcquire()) {
      return Answer.error(503, "too many images are being sent at once; try again later");
    }
    try {
      Received received = receive(request);
      return received.refused() == null ? answer.apply(received.image()) : received.refused();
    } catch (IOException e) {
      return Answer.error(400, "the connection ended before the whole image had arrived");
    } finally {
      places.release();
    }
  }

  /** An image, or why there is none. */
  private record Received(byte[] image, Answer refused) {}

  private static Received receive(Request request) throws IOException {
    long end = System.nanoTime() + MOST_NANOS;
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    long length = Math.max(0, request.getLength());
    try (InputStream in = Content.Source.asInputStream(request)) {
      if (length <= MOST_TAKEN) {
        length = 0;
        for (int read = in.read(chunk); read >= 0 && length <= MOST_TAKEN; read = in.read(chunk)) {
          length += read;
          if (length <= MOST_BYTES) {
            image.write(chunk, 0, read);
          }
          if (System.nanoTime() > end) {
            return new Received(null, Answer.error(408, "the image did not come within 60 s"));
          }
        }
      }
    }
    return length <= MOST_BYTES
        ? new Received(image.toByteArray(), null)
        : new Received(
            null,
            Answer.error(
                413, "the image has more than %d MB; make it smaller".formatted(MOST_BYTES >> 20)));
  }
}
