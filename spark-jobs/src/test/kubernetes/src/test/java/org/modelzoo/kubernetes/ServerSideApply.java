package org.modelzoo.kubernetes;

import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import okhttp3.Headers;
import okhttp3.mockwebserver.RecordedRequest;

/**
 * Requests to make an object as they say, or to change it to that, in the words of simpler ones.
 */
final class ServerSideApply {
  private static final String TYPE = "Content-Type";

  private ServerSideApply() {}

  static boolean isOne(RecordedRequest request) {
    String type = request.getHeader(TYPE);
    return request.getMethod().equals("PATCH")
        && type != null
        && type.startsWith("application/apply-patch");
  }

  /** The object's path. */
  static String path(RecordedRequest request) {
    return request.getPath().replaceFirst("\\?.*", "");
  }

  /** For an object that is not there. */
  static RecordedRequest creation(RecordedRequest request) {
    String path = path(request);
    return as(request, "POST", path.substring(0, path.lastIndexOf('/')), "application/json");
  }

  /** For an object that is there. */
  static RecordedRequest patch(RecordedRequest request) {
    return as(request, "PATCH", path(request), "application/merge-patch+json");
  }

  private static RecordedRequest as(
      RecordedRequest request, String method, String path, String type) {
    Headers headers = request.getHeaders().newBuilder().set(TYPE, type).build();
    return new RecordedRequest(
        method + " " + path + " HTTP/1.1",
        headers,
        List.of(),
        request.getBodySize(),
        request.getBody(),
        request.getSequenceNumber(),
        new LocalSocket());
  }

  /** Requests want to know where they came in. */
  private static final class LocalSocket extends Socket {
    @Override
    public InetAddress getLocalAddress() {
      return InetAddress.getLoopbackAddress();
    }
  }
}
