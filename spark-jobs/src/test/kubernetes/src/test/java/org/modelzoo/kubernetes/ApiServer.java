package org.modelzoo.kubernetes;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import java.net.InetAddress;
import java.util.HashMap;
import okhttp3.mockwebserver.MockWebServer;

/**
 * An API server that keeps what it is sent, for tests: no scheduler, no controllers, no validation.
 * Argument: the port. Prints a line for each request of an account. Ends when it is killed.
 */
public final class ApiServer {
  private ApiServer() {}

  /** Starts the server. */
  public static void main(String[] arguments) throws Exception {
    new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new AuthorizingDispatcher(),
            /* useHttps= */ false)
        .init(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
  }
}
