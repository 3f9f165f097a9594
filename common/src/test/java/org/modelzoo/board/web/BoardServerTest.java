package org.modelzoo.board.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.board.scan.BoardRoot;
import org.modelzoo.report.run.RunFixture;

@Timeout(120)
class BoardServerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TOKEN = "a-long-secret-of-tests";

  @TempDir private Path directory;

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private BoardServer board;

  @AfterEach
  void close() {
    if (board != null) {
      board.close();
    }
  }

  @Test
  void answersAreAsTheirDescriptionSays() throws Exception {
    RunFixture.finished(directory.resolve("one"));
    RunFixture.finished(directory.resolve("two"));
    RunFixture.finished(directory.resolve("one/baselines/replay"));
    start(Optional.empty());
    OpenApi description = OpenApi.read(get("/api/v1/openapi.yaml").body());
    Set<String> described = new TreeSet<>(description.paths());
    Set<String> answered = new TreeSet<>(board.templates());
    answered.addAll(List.of("/healthz", ChangeStream.PATH));
    assertThat(answered).isEqualTo(described);

    JsonNode entries = json("/api/v1/entries?sort=path");
    description.check("/api/v1/entries", entries);
    assertThat(entries.path("total").asInt()).isEqualTo(3);
    String one = id(entries, "one");
    String two = id(entries, "two");
    JsonNode details = json("/api/v1/entries/" + one);
    description.check("/api/v1/entries/{id}", details);
    assertThat(details.path("command").asText())
        .isEqualTo("deploy/modelzoo train --config " + directory.resolve("one/config.conf"));
    assertThat(details.path("lineage")).hasSize(1);
    assertThat(details.path("configuration")).anyMatch(it -> it.path("changed").asBoolean());
    JsonNode sections = json("/api/v1/entries/%s/sections?with=%s".formatted(one, two));
    description.check("/api/v1/entries/{id}/sections", sections);
    assertThat(sections.path("sections"))
        .extracting(section -> section.path("id").asText())
        .contains("key-figures", "comparison", "troubles");
    assertThat(sections.toString()).doesNotContain("<img src").contains("&lt;img");
    description.check("/api/v1/entries/{id}/events", json("/api/v1/entries/" + one + "/events"));
    description.checkError(MAPPER.readTree(get("/api/v1/entries/none").body()));
  }

  @Test
  void entriesAreFilteredSortedAndPaged() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      RunFixture.finished(directory.resolve(name));
    }
    start(Optional.empty());
    assertThat(names("?sort=-name")).containsExactly("c", "b", "a");
    assertThat(names("?sort=name&offset=1&limit=1")).containsExactly("b");
    assertThat(names("?filter=" + escaped("name=b training.epochs>0"))).containsExactly("b");
    assertThat(names("?state=failed")).isEmpty();
    assertThat(names("?kind=run,zoo&sort=name")).hasSize(3);
    assertThat(names("?parent=none")).hasSize(3);
    assertThat(names("?parent=0123")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?filter=acuracy%3E1",
        "?sort=nothing",
        "?limit=-1",
        "?limit=many",
        "?offset=99999999999",
        "?filter=%ff%zz"
      })
  void whatCannotBeAnsweredIsAnErrorInWords(String query) throws Exception {
    start(Optional.empty());
    String answer =
        raw(
            "GET /api/v1/entries"
                + query
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("{\"error\":\"");
  }

  @Test
  void tablesAndConfigurationsAreDownloads() throws Exception {
    RunFixture.finished(directory.resolve("=cmd()"));
    start(Optional.empty());
    HttpResponse<String> csv = get("/api/v1/entries.csv?filter=cmd");
    assertThat(csv.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"entries.csv\"");
    assertThat(csv.body().lines()).hasSize(2);
    assertThat(csv.body()).startsWith("id,root,path,name,kind").contains(",'=cmd(),run,");
    String id = id(json("/api/v1/entries"), "=cmd()");
    assertThat(get("/api/v1/entries/" + id + "/configuration.conf").body())
        .contains("name = \"letters\"");
  }

  @Test
  void changesComeWithinSeconds() throws Exception {
    start(Optional.empty());
    HttpResponse<InputStream> stream =
        client.send(request("/api/v1/changes").build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("retry:");
      RunFixture.finished(directory.resolve("appears"));
      long started = System.nanoTime();
      JsonNode change = change(lines);
      assertThat(System.nanoTime() - started).isLessThan(5_000_000_000L);
      assertThat(change.path("changed")).hasSize(1);
      assertThat(change.path("version").asLong()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"})
  void itIsOnlyRead(String method) throws Exception {
    start(Optional.empty());
    String answer =
        raw(
            method
                + " /api/v1/entries HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Content-Length: 0\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD", "{\"error\":");
  }

  @Test
  void headersAloneAreAnsweredToo() throws Exception {
    start(Optional.empty());
    for (String path : List.of("/", "/api/v1/entries", "/api/v1/changes")) {
      String answer =
          raw("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "10.0.0.1"
      })
  void forgedHostsAreRefused(String host) throws Exception {
    start(Optional.empty());
    for (String path :
        List.of("/", "/api/v1/entries", "/api/v1/changes", "/metrics", "/assets/report.css")) {
      String answer =
          raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 403 ").contains("--allowed-host");
    }
    assertThat(
            raw(
                "GET http://"
                    + host
                    + "/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .doesNotStartWith("HTTP/1.1 200 ");
  }

  @Test
  void hostsOfItsOwnAreAnswered() throws Exception {
    start(Optional.empty());
    for (String host :
        List.of("localhost", "LOCALHOST:8710", "127.0.0.1", "[::1]:1", "board.example")) {
      String answer = raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(host).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void withoutTheTokenNothingIsAnswered() throws Exception {
    RunFixture.finished(directory.resolve("run"));
    start(Optional.of(TOKEN));
    for (String path :
        List.of("/", "/api/v1/entries", "/api/v1/changes", "/metrics", "/assets/report.css")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(401);
      HttpRequest wrong = request(path).header("Authorization", "Bearer " + TOKEN + "x").build();
      assertThat(client.send(wrong, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
    }
    assertThat(get("/?token=wrong").statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/entries?token=" + TOKEN).statusCode()).isEqualTo(401);
    assertThat(get("/healthz").body()).isEqualTo("ok\n");
    HttpRequest right =
        request("/api/v1/entries").header("Authorization", "Bearer " + TOKEN).build();
    assertThat(client.send(right, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aBrowserGetsACookieForTheToken() throws Exception {
    start(Optional.of(TOKEN));
    HttpResponse<String> redirect = get("/?token=" + TOKEN);
    assertThat(redirect.statusCode()).isEqualTo(303);
    assertThat(redirect.headers().firstValue("Location")).contains("/");
    String cookie = redirect.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain(TOKEN);
    String pair = cookie.substring(0, cookie.indexOf(';'));
    HttpRequest known = request("/").header("Cookie", pair).build();
    assertThat(client.send(known, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    HttpRequest forged = request("/").header("Cookie", Access.COOKIE + "=" + TOKEN).build();
    assertThat(client.send(forged, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void everyAnswerIsStrictAboutWhatABrowserMayDo() throws Exception {
    start(Optional.empty());
    for (String path :
        List.of("/", "/api/v1/entries", "/nothing", "/assets/report.css", "/healthz")) {
      Map<String, List<String>> headers = get(path).headers().map();
      assertThat(headers.get("content-security-policy").get(0))
          .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
      assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
      assertThat(headers.get("referrer-policy")).containsExactly("no-referrer");
      assertThat(headers.get("cache-control")).containsExactly("no-store");
      assertThat(headers).doesNotContainKey("server");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/../run.json",
        "/assets/..%2f..%2fsecret",
        "/assets/%2e%2e/%2e%2e/secret",
        "/assets/report.css%00.js",
        "/assets/package-info.class",
        "/assets//etc/passwd",
        "/api/v1/entries/..%2f..",
        "/api/v1/entries/../../secret",
        "/../../../../etc/passwd",
        "/api/v1/entries/%2fetc%2fpasswd/configuration.conf"
      })
  void noAddressLeadsToAFile(String path) throws Exception {
    Files.writeString(directory.resolve("secret"), "the secret");
    start(Optional.empty());
    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).containsPattern("^HTTP/1.1 40[04] ").contains("{\"error\"");
  }

  @Test
  void numbersForPrometheus() throws Exception {
    RunFixture.finished(directory.resolve("run"));
    start(Optional.empty());
    assertThat(get("/metrics").body())
        .contains(
            "modelzoo_board_entries{state=\"finished\"} 1\n", "modelzoo_board_root_up{root=\"");
  }

  private void start(Optional<String> token) throws InterruptedException {
    board =
        BoardServer.start(
            new BoardSettings(
                List.of(directory.toString()),
                "localhost",
                0,
                Set.of("board.example"),
                token,
                Optional.empty()),
            new Configuration());
    for (BoardRoot root : board.roots()) {
      assertThat(root.awaitFirstLook(java.time.Duration.ofSeconds(60))).isTrue();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + board.port() + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body());
  }

  private List<String> names(String query) throws Exception {
    return json("/api/v1/entries" + query).path("entries").findValuesAsText("name");
  }

  private static String id(JsonNode entries, String name) {
    for (JsonNode entry : entries.path("entries")) {
      if (entry.path("name").asText().equals(name)) {
        return entry.path("id").asText();
      }
    }
    throw new AssertionError(name + " is not among " + entries);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode change(BufferedReader lines) throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data: ")) {
        return MAPPER.readTree(line.substring("data: ".length()));
      }
    }
    throw new AssertionError("the stream ended");
  }

  /** What a client sends that keeps no rules. */
  private String raw(String request) throws Exception {
    try (Socket socket = new Socket("localhost", board.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
