package org.modelzoo.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Secrets;

/**
 * Proxies as the variables {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code
 * no_proxy} name them, in small or capital letters, where the JVM has no settings of its own.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final int USUAL_PORT = 80;

  private final Map<String, String> environment;

  private EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What the JVM's system properties say, and where they say nothing, what the variables say. */
  static ProxySelector in(Map<String, String> environment) {
    boolean ofJvm =
        Stream.of("http.proxyHost", "https.proxyHost").anyMatch(System.getProperties()::containsKey)
            || Boolean.getBoolean("java.net.useSystemProxies");
    return ofJvm ? ProxySelector.getDefault() : new EnvironmentProxies(environment);
  }

  @Override
  public List<Proxy> select(URI uri) {
    Optional<String> proxy = variable(uri.getScheme() + "_proxy").or(() -> variable("all_proxy"));
    if (proxy.isEmpty() || isExcepted(uri.getHost())) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of(new Proxy(Proxy.Type.HTTP, address(proxy.get())));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request fails with it.
  }

  private Optional<String> variable(String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .map(environment::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }

  private boolean isExcepted(String host) {
    return Stream.of(variable("no_proxy").orElse("").split(","))
        .map(entry -> entry.strip().replaceFirst("^\\*?\\.", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  private static InetSocketAddress address(String proxy) {
    try {
      URI uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
      if (uri.getHost() != null && "http".equals(uri.getScheme())) {
        return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? USUAL_PORT : uri.getPort());
      }
    } catch (URISyntaxException e) {
      // The message below says it.
    }
    throw new ModelZooException(
        ErrorKind.CONFIGURATION,
        "the environment names the proxy %s, which must be an HTTP proxy such as http://host:3128; change the variable or except the server with no_proxy"
            .formatted(Secrets.hiddenIn(proxy)));
  }
}
