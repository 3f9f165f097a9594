package org.modelzoo.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.base.ModelZooException;

class EnvironmentProxiesTest {
  private static final URI SECURE = URI.create("https://www.cs.toronto.edu/x");
  private static final URI PLAIN = URI.create("http://yann.lecun.com/x");

  @Test
  void eachSchemeHasItsVariable() {
    Map<String, String> environment =
        Map.of("https_proxy", "http://secure:3128/", "HTTP_PROXY", "plain");

    assertThat(chosen(environment, SECURE)).isEqualTo(proxy("secure", 3128));
    assertThat(chosen(environment, PLAIN)).isEqualTo(proxy("plain", 80));
    assertThat(chosen(Map.of("ALL_PROXY", "all:1"), PLAIN)).isEqualTo(proxy("all", 1));
    assertThat(chosen(Map.of("https_proxy", "secure:1"), PLAIN)).isEqualTo(Proxy.NO_PROXY);
    assertThat(chosen(Map.of("https_proxy", ""), SECURE)).isEqualTo(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*; true",
        "localhost, .toronto.edu; true",
        "toronto.edu; true",
        "*.toronto.edu; true",
        "www.cs.toronto.edu; true",
        "onto.edu; false",
        "localhost; false"
      })
  void serversMayBeExcepted(String exceptions, boolean excepted) {
    Map<String, String> environment = Map.of("https_proxy", "host:1", "no_proxy", exceptions);

    assertThat(chosen(environment, SECURE).equals(Proxy.NO_PROXY)).isEqualTo(excepted);
  }

  @ParameterizedTest
  @CsvSource({"socks5://host:1080", "http://", "https://host:1"})
  void otherProxiesAreRefusedInWords(String value) {
    assertThatThrownBy(() -> chosen(Map.of("https_proxy", value), SECURE))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContainingAll(value, "must be an HTTP proxy", "no_proxy");
  }

  @Test
  void passwordsAreNotShown() {
    assertThatThrownBy(() -> chosen(Map.of("https_proxy", "socks5://me:s3cret@host:1080"), SECURE))
        .hasMessageNotContaining("s3cret");
  }

  private static Proxy chosen(Map<String, String> environment, URI uri) {
    return EnvironmentProxies.in(environment).select(uri).get(0);
  }

  private static Proxy proxy(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(host, port));
  }
}
