package org.modelzoo.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request for what is missing of a file. Believes nothing that the server says: the checksum
 * decides in the end, and no server makes it write more than the file's bytes.
 */
final class Attempt {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
  private static final int BUFFER_BYTES = 1 << 16;

  private final HttpClient client;
  private final Duration stallLimit;
  private final Consumer<FetchEvent> listener;

  Attempt(HttpClient client, Duration stallLimit, Consumer<FetchEvent> listener) {
    this.client = client;
    this.stallLimit = stallLimit;
    this.listener = listener;
  }

  /** Adds to the part until it has as many bytes as the file. */
  void run(PublishedFile file, URI url, PartFile part) throws FetchFailure {
    if (part.size() == file.bytes()) {
      return;
    }
    HttpResponse<InputStream> response = send(request(url, part));
    try (InputStream body = response.body()) {
      accept(file, url, part, response);
      listener.accept(new FetchEvent.Started(file, url, part.size()));
      copy(file, body, part);
    } catch (FetchFailure e) {
      throw e;
    } catch (IOException e) {
      throw FetchFailure.passing("the connection broke: " + reason(e), e);
    }
  }

  private HttpRequest request(URI url, PartFile part) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(stallLimit)
            .header("User-Agent", "model-zoo-on-spark")
            .header("Accept-Encoding", "identity");
    if (part.size() > 0) {
      request.header("Range", "bytes=" + part.size() + "-");
      part.versionFrom(url).ifPresent(version -> request.header("If-Range", version));
    }
    return request.build();
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws FetchFailure {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw FetchFailure.passing("no answer within " + seconds(), e);
    } catch (IOException e) {
      throw FetchFailure.passing("no connection: " + reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("cancelled while fetching " + request.uri());
    }
  }

  /** Refuses answers that don't continue the part, or makes it start anew. */
  private static void accept(
      PublishedFile file, URI url, PartFile part, HttpResponse<InputStream> response)
      throws FetchFailure {
    int status = response.statusCode();
    if (status == 200) {
      requireLength(file.bytes(), response);
      part.begin(url, version(response));
    } else if (status == 206) {
      requireContinuation(file, part, response.headers().firstValue("Content-Range").orElse(""));
      requireLength(file.bytes() - part.size(), response);
    } else if (status == 416) {
      part.clear();
      throw FetchFailure.passing("it refuses to continue the file (status 416)");
    } else if (status == 408 || status == 429 || status >= 500) {
      throw FetchFailure.passing("status " + status);
    } else if (status == 407) {
      throw FetchFailure.lasting("the proxy wants a password (status 407), which can't be given");
    } else if (status >= 300 && status < 400) {
      throw FetchFailure.lasting(
          "it redirects without end, or to an unprotected place (status " + status + ")");
    } else {
      throw FetchFailure.lasting("status " + status);
    }
  }

  private static void requireLength(long missing, HttpResponse<InputStream> response)
      throws FetchFailure {
    long offered = response.headers().firstValueAsLong("Content-Length").orElse(missing);
    if (offered != missing) {
      throw FetchFailure.lasting(
          "it offers %,d bytes where the published file has %,d".formatted(offered, missing));
    }
  }

  private static void requireContinuation(PublishedFile file, PartFile part, String range)
      throws FetchFailure {
    Matcher matcher = CONTENT_RANGE.matcher(range);
    boolean continues =
        matcher.matches()
            && matcher.group(1).equals(Long.toString(part.size()))
            && (matcher.group(2).equals("*")
                || matcher.group(2).equals(Long.toString(file.bytes())));
    if (!continues) {
      String asked = "bytes %d-/%d".formatted(part.size(), file.bytes());
      part.clear();
      throw FetchFailure.passing("it answers %s with Content-Range %s".formatted(asked, range));
    }
  }

  /** A strong entity tag; a weak one says nothing about bytes. */
  private static Optional<String> version(HttpResponse<InputStream> response) {
    return response
        .headers()
        .firstValue("ETag")
        .filter(tag -> tag.startsWith("\""))
        .or(() -> response.headers().firstValue("Last-Modified"));
  }

  private void copy(PublishedFile file, InputStream body, PartFile part) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (StallWatch watch = new StallWatch(body, stallLimit)) {
      while (true) {
        int read;
        try {
          read = body.read(buffer);
        } catch (IOException e) {
          throw watch.stalled() ? stall(e) : e;
        }
        if (watch.stalled()) {
          throw stall(null);
        }
        if (read < 0) {
          break;
        }
        if (part.size() + read > file.bytes()) {
          part.clear();
          throw FetchFailure.lasting(
              "it sends more than the %,d bytes of the published file".formatted(file.bytes()));
        }
        watch.received(read);
        part.append(buffer, read);
        listener.accept(new FetchEvent.Progressed(file, part.size()));
      }
    }
    if (part.size() < file.bytes()) {
      throw FetchFailure.passing(
          "it ends after %,d of %,d bytes".formatted(part.size(), file.bytes()));
    }
  }

  private FetchFailure stall(IOException cause) {
    return FetchFailure.passing("it sent next to nothing for " + seconds(), cause);
  }

  private String seconds() {
    return stallLimit.toMillis() / 1000.0 + " s";
  }

  private static String reason(IOException failure) {
    // Of a refused connection the client tells nothing but the class.
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
