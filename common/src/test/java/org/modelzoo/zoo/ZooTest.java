package org.modelzoo.zoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.TaskEnsemble;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

class ZooTest {
  private static final String TASK = "family-1-task-1";

  @TempDir private static Path directory;

  private static RunDirectory run;
  private static Zoo zoo;
  private static LabelledImages images;

  @BeforeAll
  static void train() {
    run = ZooFixtures.train(directory.resolve("small"));
    zoo = Zoo.load(directory.resolve("small").toString());
    images = ZooFixtures.images(0).test();
  }

  @AfterAll
  static void close() {
    zoo.close();
  }

  @Test
  void membersAreThoseOfCommittedRoundsWithTheirReplayWeights() {
    ZooManifest manifest = zoo.manifest();
    assertThat(manifest.name()).isEqualTo("small");
    assertThat(manifest.tasks().get(1))
        .isEqualTo(new ZooManifest.Task("family-1-task-2", List.of("cat", "dog")));
    assertThat(manifest.members())
        .extracting(ZooManifest.Member::id)
        .containsExactly("round-000-member-00", "round-001-member-00");
    // All images of the task that was new counted 1/r, of replayed ones 1.
    assertThat(manifest.members().get(0).heads()).containsExactly(new ZooManifest.Head(0, 2));
    assertThat(manifest.members().get(1).heads())
        .containsExactly(new ZooManifest.Head(1, 2), new ZooManifest.Head(0, 1));
  }

  @Test
  void predictsToTheBitWhatTheRunStored() throws IOException {
    TaskEnsemble stored = new TaskEnsemble(images.size(), 2);
    stored.add(stored("round-000-member-00").probabilities(), 2);
    stored.add(stored("round-001-member-00").probabilities(), 1);

    TaskEnsemble again = zoo.ensemble(0, images);
    assertThat(again.probabilities()).isEqualTo(stored.probabilities());
    assertThat(again.loss(images.labels())).isEqualTo(stored.loss(images.labels()));
    List<Prediction> predictions = zoo.predict(TASK, pixels());
    for (int i = 0; i < images.size(); i++) {
      Prediction prediction = predictions.get(i);
      assertThat(prediction.probabilities())
          .isEqualTo(Arrays.copyOfRange(stored.probabilities(), 2 * i, 2 * i + 2));
      assertThat(prediction.label()).isEqualTo(stored.likeliest(i));
      assertThat(prediction.className()).isEqualTo(prediction.label() == 0 ? "ant" : "bee");
      assertThat(prediction.probability())
          .isEqualTo(prediction.probabilities()[prediction.label()]);
    }
  }

  @Test
  void agreementIsTheShareOfMembersThatFindTheSameClass() throws IOException {
    float[] first = stored("round-000-member-00").probabilities();
    float[] second = stored("round-001-member-00").probabilities();
    List<Prediction> predictions = zoo.predict(TASK, pixels());
    for (int i = 0; i < images.size(); i++) {
      boolean alike = first[2 * i] >= first[2 * i + 1] == second[2 * i] >= second[2 * i + 1];
      assertThat(predictions.get(i).agreement()).isEqualTo(alike ? 1 : 0.5);
    }
  }

  @Test
  void aTaskWithoutAMemberIsPredictedUniformly() {
    Prediction prediction = zoo.predict("family-1-task-3", pixels().get(0));
    assertThat(prediction.probabilities()).containsExactly(0.5f, 0.5f);
    assertThat(prediction.agreement()).isEqualTo(1);
  }

  @Test
  void everyFormOfAnImageGivesTheSame() throws IOException {
    byte[] bytes = ((Picture.Pixels) pixels().get(7)).bytes();
    BufferedImage drawn = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    float[] intensities = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      intensities[i] = (bytes[i] & 0xFF) / 255f;
      int shift = 16 - 8 * (i % 3);
      int pixel = i / 3;
      drawn.setRGB(
          pixel % 8,
          pixel / 8,
          (drawn.getRGB(pixel % 8, pixel / 8) & ~(0xFF << shift)) | ((bytes[i] & 0xFF) << shift));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(drawn, "png", file);

    float[] expected = zoo.predict(TASK, new Picture.Pixels(bytes)).probabilities();
    assertThat(zoo.predict(TASK, new Picture.Drawn(drawn)).probabilities()).isEqualTo(expected);
    assertThat(zoo.predict(TASK, new Picture.File(file.toByteArray())).probabilities())
        .isEqualTo(expected);
    assertThat(zoo.predict(TASK, new Picture.Intensities(intensities)).probabilities())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(expected);
  }

  @Test
  void theExampleOfTheDocumentationIsThisOneAndPredicts() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    String shown = Files.readString(root.resolve("docs/using-a-zoo.md"));
    String code = shown.split("```java\n", 2)[1].split("```", 2)[0];
    assertThat(
            Files.readString(root.resolve("common/src/test/java/org/modelzoo/zoo/ZooExample.java")))
        .containsIgnoringWhitespaces(code.replace("\"runs/quickstart\"", "location"));

    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "jpg", file);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ZooExample.predict(
        directory.resolve("small").toString(),
        file.toByteArray(),
        new PrintStream(printed, true, UTF_8));
    assertThat(printed.toString(UTF_8))
        .matches("(ant|bee), probability .*% of the members agree\n");
  }

  @Test
  void whatIsNoImageOfTheZooIsRefusedInWords() {
    assertThatThrownBy(() -> zoo.predict(TASK, new Picture.Pixels(new byte[64])))
        .matches(error -> isOfKind(error, ErrorKind.DATA))
        .hasMessageContaining("the image has 64 bytes, and the zoo's images, 8×8×3, have 192");
    float[] values = new float[192];
    values[5] = 255;
    assertThatThrownBy(() -> zoo.predict(TASK, new Picture.Intensities(values)))
        .hasMessageContaining("value 5 of the image is 255.0, and must be from 0 to 1");
    assertThatThrownBy(() -> zoo.predict(TASK, new Picture.File(new byte[] {1, 2, 3})))
        .matches(error -> isOfKind(error, ErrorKind.DATA))
        .hasMessageContaining("not a PNG or JPEG file");
    assertThatThrownBy(() -> zoo.predict("family-1-task-11", pixels()))
        .matches(error -> isOfKind(error, ErrorKind.CONFIGURATION))
        .hasMessageContaining("did you mean \"family-1-task-1\"?");
  }

  @Test
  void threadsGetWhatOneThreadGets() throws Exception {
    List<Picture> pictures = pixels();
    List<Prediction> expected = zoo.predict(TASK, pictures);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> work =
          () -> {
            NativeThreads.use(1);
            for (int i = 0; i < pictures.size(); i += 3) {
              assertThat(zoo.predict(TASK, pictures.get(i)).probabilities())
                  .usingComparatorWithPrecision(1e-5f)
                  .containsExactly(expected.get(i).probabilities());
            }
            assertThat(zoo.predict(TASK, pictures))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(expected);
            return null;
          };
      for (Future<Void> future : threads.invokeAll(Collections.nCopies(8, work))) {
        future.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aClosedZooSaysSo() {
    Zoo closed = Zoo.load(directory.resolve("small").toString());
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.predict(TASK, pixels()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("zoo small is closed");
  }

  @Test
  void thereIsAMessageWhereThereIsNoZoo() throws IOException {
    assertThatThrownBy(() -> Zoo.load(directory.resolve("nothing").toString()))
        .matches(error -> isOfKind(error, ErrorKind.DATA))
        .hasMessageContaining("there is no zoo at " + directory.resolve("nothing"));
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThatThrownBy(() -> Zoo.load(empty.toString()))
        .matches(error -> isOfKind(error, ErrorKind.DATA))
        .hasMessageContaining("it has no run.json");
  }

  @Test
  void aDamagedModelIsNotUsed(@TempDir Path copy) throws IOException {
    FileUtils.copyDirectory(directory.resolve("small").toFile(), copy.toFile());
    Path model = copy.resolve("members/round-001-member-00/model.zip");
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    assertThatThrownBy(() -> Zoo.load(copy.toString()))
        .matches(error -> isOfKind(error, ErrorKind.DATA))
        .hasMessageContaining("model.zip is damaged");
  }

  private static boolean isOfKind(Throwable error, ErrorKind kind) {
    return error instanceof ModelZooException known && known.kind() == kind;
  }

  private static Block stored(String member) throws IOException {
    return new MemberStore(run)
        .find(member).record().orElseThrow().predictions().blocks().stream()
            .filter(block -> block.task() == 0 && block.split() == Split.TEST)
            .findFirst()
            .orElseThrow();
  }

  private static List<Picture> pixels() {
    int size = images.shape().size();
    return IntStream.range(0, images.size())
        .<Picture>mapToObj(
            i -> new Picture.Pixels(Arrays.copyOfRange(images.pixels(), i * size, (i + 1) * size)))
        .toList();
  }
}
