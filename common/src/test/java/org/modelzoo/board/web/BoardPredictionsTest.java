package org.modelzoo.board.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.board.scan.BoardRoot;
import org.modelzoo.report.run.RunFixture;
import org.modelzoo.zoo.DetailedPrediction;
import org.modelzoo.zoo.Picture;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.Zoo;
import org.modelzoo.zoo.ZooArchive;
import org.modelzoo.zoo.ZooExport;
import org.modelzoo.zoo.ZooFixtures;
import org.modelzoo.zoo.ZooManifest;

/** Predictions over HTTP, with a run and archives of it. */
@Timeout(300)
class BoardPredictionsTest {
  private static final Configuration HADOOP = new Configuration();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TASK = "family-1-task-1";

  @TempDir private static Path directory;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static BoardServer board;
  private static SavedZoo saved;

  @BeforeAll
  static void start() throws Exception {
    saved = SavedZoo.at(ZooFixtures.train(directory.resolve("small")).uri(), HADOOP);
    export("zoo.zip", saved.manifest());
    Map<String, byte[]> entries = new LinkedHashMap<>(ZooFixtures.entries(saved));
    entries.replaceAll(
        (name, content) -> name.equals(ZooArchive.MANIFEST) ? content : new byte[content.length]);
    Files.write(directory.resolve("damaged.zip"), ZooFixtures.zip(entries));
    entries.computeIfPresent(
        ZooArchive.MANIFEST,
        (name, manifest) -> ZooFixtures.changed(manifest, "wrn-10-1", "wrn-100-20"));
    Files.write(directory.resolve("huge.zip"), ZooFixtures.zip(entries));
    RunFixture.finished(directory.resolve("unsaved"));
    Files.createDirectories(directory.resolve("begun/lease"));
    Files.createDirectories(directory.resolve("study/log"));
    Files.copy(directory.resolve("small/run.json"), directory.resolve("study/run.json"));
    board =
        BoardServer.start(
            new BoardSettings(
                List.of(directory.toString()),
                "localhost",
                0,
                Set.of(),
                Optional.empty(),
                Optional.empty()),
            HADOOP);
    for (BoardRoot root : board.roots()) {
      assertThat(root.awaitFirstLook(Duration.ofSeconds(60))).isTrue();
    }
  }

  @AfterAll
  static void close() {
    if (board != null) {
      board.close();
    }
  }

  private static void export(String name, ZooManifest manifest) {
    ZooExport.write(saved, manifest, directory.resolve(name).toUri().toString(), HADOOP);
  }

  @Test
  void runAndArchivePredictWhatTheirZooDoes() throws Exception {
    OpenApi description = OpenApi.read(get("/api/v1/openapi.yaml").body());
    byte[] image = png(24, 30);
    DetailedPrediction expected;
    try (Zoo zoo = Zoo.load(directory.resolve("small").toString())) {
      expected = zoo.predictInDetail(TASK, new Picture.File(image));
      assertThat(zoo.predict(TASK, new Picture.File(image)).probabilities())
          .isEqualTo(expected.prediction().probabilities());
    }
    for (String path : List.of("small", "zoo.zip")) {
      JsonNode tasks = MAPPER.readTree(get("/api/v1/entries/" + id(path) + "/tasks").body());
      description.check("/api/v1/entries/{id}/tasks", tasks);
      assertThat(tasks.path("tasks").findValuesAsText("name"))
          .containsExactly(TASK, "family-1-task-2");
      assertThat(tasks.at("/tasks/0/classes")).extracting(JsonNode::asText).contains("ant", "bee");
      assertThat(tasks.at("/tasks/0/members").asInt()).isEqualTo(2);
      assertThat(tasks.at("/image/width").asInt()).isEqualTo(8);

      HttpResponse<String> answer = post(path, TASK, "image/png", image);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode found = MAPPER.readTree(answer.body());
      description.check("/api/v1/entries/{id}/predictions", "post", found);
      for (JsonNode one : found.path("classes")) {
        int label = expected.classes().indexOf(one.path("name").asText());
        assertThat(one.path("probability").floatValue())
            .isCloseTo(expected.prediction().probabilities()[label], within(1e-6f));
      }
      assertThat(found.at("/classes/0/name").asText()).isEqualTo(expected.prediction().className());
      assertThat(found.path("agreement").asDouble()).isEqualTo(expected.prediction().agreement());
      assertThat(found.path("members").findValuesAsText("member"))
          .containsExactly("round-000-member-00", "round-001-member-00");
      assertThat(found.at("/members/1/class").asText())
          .isEqualTo(expected.members().get(1).className());
      assertThat(found.at("/members/1/probability").floatValue())
          .isCloseTo(expected.members().get(1).probability(), within(1e-6f));
    }
  }

  @Test
  void anArchiveThatIsReplacedIsLoadedAnew() throws Exception {
    export("changing.zip", saved.manifest());
    awaitEntry("changing.zip");
    assertThat(membersOf("changing.zip")).hasSize(2);
    export(
        "changing.zip", saved.manifest().with(member -> member.id().equals("round-000-member-00")));
    assertThat(membersOf("changing.zip")).containsExactly("round-000-member-00");
  }

  private static List<String> membersOf(String path) throws Exception {
    HttpResponse<String> answer = post(path, TASK, "image/png", png(8, 8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body()).path("members").findValuesAsText("member");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "small | family-1-task-11 | 400 | did you mean",
        "small | | 400 | it has family-1-task-1",
        "small | family-1-task-3 | 404 | no member of zoo small was trained on task",
        "damaged.zip | family-1-task-1 | 404 | the SHA-256 of its entry",
        "huge.zip | family-1-task-1 | 400 | take more than the 512 MB that the board has",
        "unsaved | family-1-task-1 | 400 | zoo quickstart has no task",
        "begun | family-1-task-1 | 404 | it has no run.json",
        "study | family-1-task-1 | 404 | a study has no members of its own",
      })
  void whatIsNoZooOfTheTaskIsRefusedInWords(String path, String task, String status, String message)
      throws Exception {
    HttpResponse<String> answer = post(path, task == null ? "" : task, "image/png", png(8, 8));
    assertThat(Integer.toString(answer.statusCode())).as(answer.body()).matches(status);
    assertThat(error(answer)).contains(message == null ? "" : message);
  }

  @Test
  void anEntryThatIsNotThereHasNoPredictions() throws Exception {
    HttpRequest request =
        request("none", TASK)
            .header("Content-Type", "image/png")
            .POST(HttpRequest.BodyPublishers.ofByteArray(png(8, 8)))
            .build();
    assertThat(send(request).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoImageIsRefusedInWords() throws Exception {
    HttpResponse<String> text = post("small", TASK, "image/png", new byte[] {1, 2, 3});
    assertThat(text.statusCode()).isEqualTo(400);
    assertThat(error(text)).contains("it is not a PNG or JPEG file");
    HttpResponse<String> nothing = post("small", TASK, "image/jpeg", new byte[0]);
    assertThat(nothing.statusCode()).isEqualTo(400);
    byte[] cut = java.util.Arrays.copyOf(png(64, 64), 100);
    assertThat(error(post("small", TASK, "image/png", cut))).contains("the image is corrupt");
  }

  @Test
  void aPictureTooLargeForMemoryIsNotDecoded() throws Exception {
    HttpResponse<String> bomb = post("small", TASK, "image/png", bomb());
    assertThat(bomb.statusCode()).isEqualTo(400);
    assertThat(error(bomb)).contains("10000000000 pixels, more than the 50000000 allowed");
  }

  @Test
  void otherTypesAndLongFilesAreRefused() throws Exception {
    for (String type : List.of("text/plain", "image/svg+xml", "image/gif", "application/zip")) {
      HttpResponse<String> wrong = post("small", TASK, type, png(8, 8));
      assertThat(wrong.statusCode()).as(type).isEqualTo(415);
      assertThat(error(wrong)).contains("image/png or image/jpeg, not \"" + type + "\"");
    }
    HttpRequest untyped =
        request(id("small"), TASK).POST(HttpRequest.BodyPublishers.ofByteArray(png(8, 8))).build();
    assertThat(send(untyped).statusCode()).isEqualTo(415);
    HttpResponse<String> large =
        post("small", TASK, "image/png", new byte[SentImages.MOST_BYTES + 1]);
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(error(large)).contains("more than 8 MB");
    HttpRequest unknown =
        request(id("small"), TASK)
            .header("Content-Type", "image/png")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[SentImages.MOST_BYTES + 1])))
            .build();
    assertThat(send(unknown).statusCode()).isEqualTo(413);
  }

  @Test
  void pagesOfOtherSitesSendNothing() throws Exception {
    String own = "http://localhost:" + board.port();
    assertThat(sentFrom("Origin", own)).isEqualTo(200);
    assertThat(sentFrom("Sec-Fetch-Site", "same-origin")).isEqualTo(200);
    for (String other :
        List.of("https://evil.example", "null", "http://localhost", own + ".evil.example")) {
      assertThat(sentFrom("Origin", other)).as(other).isEqualTo(403);
    }
    for (String other : List.of("cross-site", "same-site", "none")) {
      assertThat(sentFrom("Sec-Fetch-Site", other)).as(other).isEqualTo(403);
    }
  }

  private static int sentFrom(String header, String value) throws Exception {
    return send(request(id("small"), TASK)
            .header("Content-Type", "image/png")
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofByteArray(png(8, 8)))
            .build())
        .statusCode();
  }

  @Test
  void imagesAreSentWithPostAndToThisAddressOnly() throws Exception {
    for (String method : List.of("GET", "PUT", "DELETE")) {
      HttpResponse<String> answer =
          send(
              request(id("small"), TASK)
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build());
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }
    HttpRequest elsewhere =
        HttpRequest.newBuilder(uri("/api/v1/entries/" + id("small") + "/tasks"))
            .header("Content-Type", "image/png")
            .POST(HttpRequest.BodyPublishers.ofByteArray(png(8, 8)))
            .build();
    assertThat(send(elsewhere).statusCode()).isEqualTo(405);
  }

  @Test
  void nothingIsWrittenBesideTheZoo() throws Exception {
    List<String> before = files();
    assertThat(post("zoo.zip", TASK, "image/png", png(8, 8)).statusCode()).isEqualTo(200);
    assertThat(post("small", TASK, "image/png", png(8, 8)).statusCode()).isEqualTo(200);
    assertThat(files()).isEqualTo(before);
  }

  private static List<String> files() throws IOException {
    try (var files = Files.walk(directory)) {
      return files.map(Path::toString).filter(it -> !it.contains("changing")).sorted().toList();
    }
  }

  /** A head that claims a hundred thousand pixels a side. */
  private static byte[] bomb() throws IOException {
    byte[] image = png(8, 8);
    ByteBuffer bytes = ByteBuffer.wrap(image);
    bytes.putInt(16, 100_000).putInt(20, 100_000);
    CRC32 sum = new CRC32();
    sum.update(image, 12, 17);
    bytes.putInt(29, (int) sum.getValue());
    return image;
  }

  private static byte[] png(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, (i * 7919) & 0xFFFFFF);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "png", file);
    return file.toByteArray();
  }

  private static String error(HttpResponse<String> answer) throws IOException {
    return MAPPER.readTree(answer.body()).path("error").asText();
  }

  private static HttpResponse<String> post(String path, String task, String type, byte[] image)
      throws Exception {
    return send(
        request(id(path), task)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(image))
            .build());
  }

  private static HttpRequest.Builder request(String id, String task) {
    return HttpRequest.newBuilder(
        uri(
            "/api/v1/entries/%s/predictions?task=%s"
                .formatted(id, URLEncoder.encode(task, StandardCharsets.UTF_8))));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create("http://localhost:" + board.port() + path);
  }

  private static void awaitEntry(String path) throws Exception {
    for (int i = 0; i < 200 && find(path).isEmpty(); i++) {
      Thread.sleep(50);
    }
  }

  private static String id(String path) throws Exception {
    return find(path).orElseThrow();
  }

  private static Optional<String> find(String path) throws Exception {
    for (JsonNode entry : MAPPER.readTree(get("/api/v1/entries").body()).path("entries")) {
      if (entry.path("path").asText().equals(directory.resolve(path).toString())) {
        return Optional.of(entry.path("id").asText());
      }
    }
    return Optional.empty();
  }
}
