package org.modelzoo.board.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/** HTTPS with a keystore that the JDK's own program makes. */
@Timeout(120)
class BoardTlsTest {
  private static final String PASSWORD = "a-password-of-tests";
  private static final String TOKEN = "a-long-secret-of-tests";

  @TempDir private static Path directory;
  private static Path keystore;

  @BeforeAll
  static void makeKeystore() throws Exception {
    keystore = directory.resolve("board.p12");
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=board", "-ext", "san=dns:localhost");
  }

  @Test
  void pagesComeOverHttpsAndCookiesStayThere() throws Exception {
    Trusting client = new Trusting(keystore);
    try (BoardServer board = start(keystore, PASSWORD)) {
      assertThat(board.address()).startsWith("https://localhost:");
      HttpResponse<String> greeted = client.get(board, "?token=" + TOKEN);
      assertThat(greeted.statusCode()).isEqualTo(303);
      String cookie = greeted.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("; Secure", "; HttpOnly", "; SameSite=Strict");
      HttpResponse<String> page =
          client.get(board, "", "Cookie", cookie.substring(0, cookie.indexOf(';')));
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<html");
      assertThat(page.headers().firstValue("Strict-Transport-Security"))
          .as("it would hold for every port of this host, and most boards are at localhost")
          .isEmpty();
    }
  }

  @Test
  void whoDoesNotTrustTheCertificateGetsNothing() throws Exception {
    try (BoardServer board = start(keystore, PASSWORD)) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(board.address())).build();
      assertThatThrownBy(
              () -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void withoutTlsThePortTellsNothing() throws Exception {
    try (BoardServer board = start(keystore, PASSWORD);
        Socket socket = new Socket(InetAddress.getByName("localhost"), board.port())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      String answer;
      try {
        answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (SocketException e) {
        answer = ""; // Closed at once.
      }
      assertThat(answer).doesNotContain("HTTP/1.1 200", "ok", "<html");
    }
  }

  @Test
  void aKeystoreThatCannotBeUsedIsSaidToBe() throws Exception {
    assertThatThrownBy(() -> start(keystore, "another-password"))
        .isInstanceOfSatisfying(
            ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("--tls-keystore " + keystore + " can't be opened: ")
        .hasMessageContaining("MODELZOO_BOARD_KEYSTORE_PASSWORD")
        .hasMessageNotContaining("another-password");
    Path other = Files.writeString(directory.resolve("other.p12"), "no keystore");
    assertThatThrownBy(() -> start(other, PASSWORD)).hasMessageContaining("can't be opened");
    Path missing = directory.resolve("none.p12");
    assertThatThrownBy(() -> start(missing, PASSWORD)).hasMessageContaining("can't be opened");

    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, null);
    Path keyless = directory.resolve("empty.p12");
    try (var out = Files.newOutputStream(keyless)) {
      empty.store(out, PASSWORD.toCharArray());
    }
    assertThatThrownBy(() -> start(keyless, PASSWORD)).hasMessageContaining("it holds no key");
  }

  private static BoardServer start(Path keystore, String password) {
    return BoardServer.start(
        new BoardSettings(
            List.of(directory.toString()),
            "localhost",
            0,
            Set.of(),
            Optional.of(TOKEN),
            Optional.of(new BoardSettings.Tls(keystore.toString(), password))),
        new Configuration());
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", keystore.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  /** A client that trusts a keystore's certificate alone. */
  private static final class Trusting {
    private final HttpClient client;

    Trusting(Path keystore) throws Exception {
      KeyStore trusted = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
      KeyStore certificates = KeyStore.getInstance("PKCS12");
      certificates.load(null, null);
      certificates.setCertificateEntry(
          "board", trusted.getCertificate(trusted.aliases().nextElement()));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(certificates);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      client = HttpClient.newBuilder().sslContext(context).build();
    }

    HttpResponse<String> get(BoardServer board, String path, String... headers)
        throws IOException, InterruptedException {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(board.address() + path));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
