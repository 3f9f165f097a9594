package org.modelzoo.board.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every request: first whether it may be answered, then what. */
final class BoardHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(BoardHandler.class);
  private static final String HEALTH = "/healthz";

  /** Nothing from elsewhere, and no script or style that isn't a file of ours. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "X-Frame-Options", "DENY",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  private final Access access;
  private final Routes routes;
  private final ChangeStream changes;
  private final BoardMetrics metrics;
  private final SentImages images = new SentImages();

  BoardHandler(Access access, Routes routes, ChangeStream changes, BoardMetrics metrics) {
    this.access = access;
    this.routes = routes;
    this.changes = changes;
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    HEADERS.forEach(headers::put);
    try {
      if (isStream(request)) {
        stream(response, request.getMethod().equals("HEAD"), callback);
      } else {
        send(answer(request, response), response, callback);
      }
    } catch (ModelZooException e) {
      if (e.kind() == ErrorKind.BUG) {
        LOG.error("an answer failed", e);
      }
      send(BoardApi.error(e), response, callback);
    } catch (RuntimeException e) {
      LOG.error("an answer failed", e);
      send(Answer.error(500, "this is a bug of the board: " + e), response, callback);
    }
    return true;
  }

  private boolean isStream(Request request) {
    return Request.getPathInContext(request).equals(ChangeStream.PATH)
        && isRead(request)
        && access.isForUs(request)
        && access.isAllowed(request);
  }

  private static boolean isRead(Request request) {
    return List.of("GET", "HEAD").contains(request.getMethod());
  }

  private Answer answer(Request request, Response response) {
    String path = Request.getPathInContext(request);
    Routes.Match match = routes.find(path);
    boolean takesImages = match != null && match.takesImages() != null;
    if (!isRead(request) && !takesImages) {
      return Answer.error(405, "the board is only read: GET and HEAD, not " + request.getMethod())
          .with("Allow", "GET, HEAD");
    }
    if (path.equals(HEALTH)) {
      return Answer.text("ok\n"); // For probes, which know the address alone; it tells nothing.
    }
    if (!access.isForUs(request)) {
      return Answer.error(
          403,
          "this board is not reached by the name \"%s\"; start it with --allowed-host for that name, or use its own address"
              .formatted(Request.getServerName(request)));
    }
    Fields query = query(request);
    if (path.equals("/") && access.isTokenInQuery(query)) {
      Response.addCookie(response, access.cookie(request.isSecure()));
      return new Answer(303, "text/plain; charset=utf-8", new byte[0], Map.of("Location", "/"));
    }
    if (!access.isAllowed(request)) {
      return Answer.error(
              401,
              "this board wants its token: in a browser open /?token=… once; programs send the"
                  + " header Authorization: Bearer …")
          .with("WWW-Authenticate", "Bearer");
    }
    if (match == null) {
      return Answer.error(404, "there is nothing at this address; see /api/v1/openapi.yaml");
    }
    Parameters parameters = new Parameters(match.path(), query);
    return takesImages
        ? withImage(request, image -> match.takesImages().answer(parameters, image))
        : match.reads().answer(parameters);
  }

  /** The only requests that bring something. */
  private Answer withImage(Request request, Function<byte[], Answer> answer) {
    if (!request.getMethod().equals("POST")) {
      return Answer.error(405, "images are sent here with POST, not " + request.getMethod())
          .with("Allow", "POST");
    }
    if (!access.isFromOurPage(request)) {
      return Answer.error(
          403, "only the board's own page and programs may send images, not pages of other sites");
    }
    return images.receive(request, answer);
  }

  private static Fields query(Request request) {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException e) { // of what can't be decoded
      throw new ModelZooException(
          ErrorKind.CONFIGURATION, "the query of the address can't be read; escape it as UTF-8", e);
    }
  }

  private void send(Answer answer, Response response, Callback callback) {
    metrics.answered(answer.status());
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, answer.type());
    headers.put(HttpHeader.CONTENT_LENGTH, answer.content().length);
    answer.headers().forEach(headers::put);
    response.write(true, ByteBuffer.wrap(answer.content()), callback);
  }

  private void stream(Response response, boolean onlyHead, Callback callback) {
    if (!onlyHead && !changes.enter()) {
      send(
          Answer.error(503, "too many listen to changes already; ask for entries now and then"),
          response,
          callback);
      return;
    }
    metrics.answered(200);
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ChangeStream.TYPE);
    if (onlyHead) {
      callback.succeeded();
      return;
    }
    try {
      changes.send(response);
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e); // The listener is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    }
  }
}
