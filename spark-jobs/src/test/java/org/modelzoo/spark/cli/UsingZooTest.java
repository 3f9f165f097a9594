package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.DataCheck;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskLoader;
import org.modelzoo.spark.TinyExperiment;
import org.modelzoo.spark.faults.BrittleFileSystem;
import org.modelzoo.spark.job.use.EvaluateJob;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.zoo.Picture;
import org.modelzoo.zoo.Prediction;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.Zoo;

/** A zoo is trained once, then measured and used. */
class UsingZooTest {
  private static final String TASK = "family-1-task-2";
  private static final int SIDE = 22;

  @TempDir private static Path directory;

  private static Path run;
  private static LabelledImages images;
  private static List<Prediction> expected;

  @BeforeAll
  static void train() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    Console console = Console.run(TinyExperiment.arguments("train", directory));
    assertThat(console.exitCode()).as(console.err()).isZero();
    run = directory.resolve("tiny");
    ModelZooConfig config =
        ConfigLoader.parse(
                RunDirectory.at(run.toString(), new Configuration()).configuration(), "the run's")
            .values();
    int task = config.data().set().tasks().stream().map(each -> each.name()).toList().indexOf(TASK);
    images =
        TaskLoader.of(config.data(), config.experiment().seed(), new Configuration())
            .load(task)
            .test();
    try (Zoo zoo = Zoo.load(run.toString())) {
      List<Picture> pictures = new ArrayList<>();
      for (int i = 0; i < images.size(); i++) {
        pictures.add(new Picture.Pixels(pixels(i)));
      }
      expected = zoo.predict(TASK, pictures);
    }
    writeImageFiles();
    writeATableOfImageFiles();
  }

  private static void writeImageFiles() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("folder/below"));
    for (int i = 0; i < images.size(); i++) {
      writePng(folder.resolve("%02d.png".formatted(i)), i);
    }
    Files.writeString(folder.resolve("99.jpg"), "no image");
    Files.write(
        folder.resolve("98.png"), Arrays.copyOf(Files.readAllBytes(folder.resolve("00.png")), 60));
    Files.writeString(folder.resolve("notes.txt"), "no image, and not looked at");
  }

  private static void writeATableOfImageFiles() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("for-table"));
    for (int i = 0; i < images.size(); i++) {
      writePng(folder.resolve("%02d.png".formatted(i)), i);
    }
    Files.writeString(folder.resolve("99.png"), "no image");
    try (SparkSession session = session()) {
      session
          .read()
          .format("binaryFile")
          .load(folder.toString())
          .selectExpr("path as origin", "struct(content as bytes) as picture", "length")
          .coalesce(1)
          .write()
          .parquet(directory.resolve("table").toString());
    }
  }

  @AfterAll
  static void noMaster() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @Test
  void evaluatedOnTheRunsOwnDataItGivesTheRunsOwnNumbers() throws IOException {
    Console console = Console.run(new String[] {"evaluate", "--zoo", run.toString()});
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out()).contains(TASK, "mean over tasks", "all images alike", "Σ over 15");
    JsonNode evaluation = json(directory.resolve("tiny-evaluation/evaluation.json"));
    JsonNode summary = json(run.resolve("summary.json"));
    assertThat(evaluation.path("average_accuracy").doubleValue())
        .isEqualTo(summary.path("average_accuracy").doubleValue());
    assertThat(evaluation.path("tasks")).hasSize(4);
    for (JsonNode task : evaluation.path("tasks")) {
      assertThat(task.path("accuracy").doubleValue())
          .isEqualTo(
              summary.path("per_task_accuracy").path(task.path("task").asText()).doubleValue());
    }
    assertThat(directory.resolve("tiny-evaluation/evaluation.csv"))
        .content()
        .startsWith("task,members,images,accuracy,log_loss,calibration_error\nfamily-1-task-1,");
    assertThat(Files.readAllLines(directory.resolve("tiny-evaluation/confusion.csv")))
        .hasSize(1 + 4 * 4);
  }

  @Test
  void otherTasksOrImagesAreRefusedBeforeSparkStarts() {
    Console tasks = evaluate("data.set.source.tasks-per-family=3");
    assertThat(tasks.exitCode()).isEqualTo(2);
    assertThat(tasks.err()).contains("zoo tiny has no task \"family-1-task-3\"; did you mean");
    Console shape = evaluate("data.set.source.height=30");
    assertThat(shape.exitCode()).isEqualTo(2);
    assertThat(shape.err()).contains("30×22×1", "zoo tiny takes 22×22×1");
    Console classes = evaluate("data.set.source.classes-per-task=3");
    assertThat(classes.exitCode()).isEqualTo(2);
    assertThat(classes.err()).contains("has 3 classes in data.set.tasks, and 2 in zoo tiny");
    Console none =
        Console.run(new String[] {"evaluate", "--zoo", run.resolve("members").toString()});
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("there is no zoo in ", "it has no run.json");
  }

  @Test
  void classesThatAreCalledOtherwiseInTheDataAreRemarkedOn() {
    Configuration hadoop = new Configuration();
    SavedZoo zoo = SavedZoo.at(run.toString(), hadoop);
    LoadedConfig own =
        ConfigLoader.parse(
            RunDirectory.at(run.toString(), hadoop).configuration(), "the configuration");
    assertThat(remarks(zoo, own.values())).isEmpty();
    assertThat(remarks(zoo, own.with(List.of("data.set.source.families=1")).values()))
        .containsExactly(
            "task family-1-task-2 has the classes [2, 3] in the data and [4, 5] in the zoo; they are taken for the same, in this order");
  }

  private static List<String> remarks(SavedZoo zoo, ModelZooConfig config) {
    Configuration hadoop = new Configuration();
    return new EvaluateJob(
            zoo,
            config,
            DataCheck.check(config.data(), hadoop),
            Split.TEST,
            RunDirectory.at(directory.resolve("unused").toString(), hadoop))
        .remarks();
  }

  private static Console evaluate(String setting) {
    return Console.run(
        TinyExperiment.arguments("evaluate", directory, setting), "--zoo", run.toString());
  }

  @Test
  void imageFilesArePredictedAndBadOnesAreRowsWithAnError() {
    for (String format : List.of("csv", "json")) {
      Path output = directory.resolve("predicted-" + format);
      Console console = predict(directory.resolve("folder").toString(), output, "--format", format);
      assertThat(console.exitCode()).as(console.err()).isZero();
      assertThat(console.out()).contains("10 images predicted, 2 that can't be used", "images/s");
      List<Row> rows = read(output, format);
      assertThat(rows).hasSize(12);
      for (int i = 0; i < images.size(); i++) {
        assertThat(rows.get(i).getString(0)).endsWith("/below/%02d.png".formatted(i));
        assertPredicted(rows.get(i), expected.get(i));
      }
      for (Row bad : rows.subList(10, 12)) {
        assertThat(bad.getString(1)).isNull();
        assertThat(bad.getString(4)).contains("corrupt");
      }
      assertThat(rows.get(11).getString(4)).contains("99.jpg", "not a PNG or JPEG file");
    }
    assertThat(directory.toFile().list()).noneMatch(name -> name.startsWith(".tmp-"));
  }

  @Tag("full")
  @Test
  void aFileSystemThatFailsIsTriedAgainAndNoBadImage() {
    Path output = directory.resolve("after-a-failure");
    Console console = brittle("local[2,3]", 1, output);

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out()).contains("10 images predicted, 2 that can't be used");
    assertThat(read(output, "parquet")).hasSize(12);
  }

  @Test
  void aFileSystemThatFailsForGoodEndsThePrediction() {
    Path output = directory.resolve("never-read");
    Console console = brittle("local[2]", Integer.MAX_VALUE, output);

    assertRefused(console, 4, "can't read image brittle:/");
    assertThat(console.err()).contains("503 Slow Down", "every node reaches it");
    assertThat(output).doesNotExist();
  }

  private static Console brittle(String master, int failures, Path output) {
    System.setProperty("spark.master", master);
    System.setProperty("spark.hadoop.fs.brittle.impl", BrittleFileSystem.class.getName());
    BrittleFileSystem.FAILURES.set(failures);
    try {
      return predict("brittle://" + directory.resolve("folder"), output);
    } finally {
      BrittleFileSystem.FAILURES.set(0);
      System.clearProperty("spark.hadoop.fs.brittle.impl");
      System.setProperty("spark.master", "local[2]");
    }
  }

  @Test
  void whereNoImageCanBeUsedTheTableSaysWhyAndTheCommandFails() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("useless"));
    Files.writeString(folder.resolve("1.png"), "no image");
    Files.writeString(folder.resolve("2.jpg"), "no image either");
    Path output = directory.resolve("of-useless");

    Console console = predict(folder.toString(), output);

    assertRefused(console, 3, "could be predicted, out of 2; the column error in " + output);
    assertThat(console.out()).contains("0 images predicted, 2 that can't be used");
    assertThat(read(output, "parquet"))
        .extracting(row -> row.getString(4))
        .allMatch(error -> error.contains("not a PNG or JPEG file"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"images-idx3-ubyte,false", "images-idx3-ubyte.gz,true"})
  void idxFilesArePredicted(String name, boolean packed) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = packed ? new GZIPOutputStream(raw) : raw) {
      out.write(
          ByteBuffer.allocate(16)
              .putInt(0x803)
              .putInt(images.size())
              .putInt(SIDE)
              .putInt(SIDE)
              .array());
      out.write(images.pixels());
    }
    Path output = directory.resolve("predicted-" + name);
    Console console = predict(file.toString(), output);
    assertThat(console.exitCode()).as(console.err()).isZero();
    List<Row> rows = read(output, "parquet");
    assertThat(rows).hasSize(images.size());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).getString(0)).endsWith(name + "#" + i);
      assertPredicted(rows.get(i), expected.get(i));
    }
  }

  @Test
  void aParquetTableOfImageFilesIsPredicted() {
    Path table = directory.resolve("table");
    Path output = directory.resolve("predicted-table");
    Console wrong = predict(table.toString(), output, "--image-column", "length");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("column length is of type bigint").doesNotContain("\tat ");
    Console none = predict(table.toString(), output);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err())
        .contains(
            "the table has no column content or image; name one of origin, picture, length with");
    assertThat(output).doesNotExist();

    Console named =
        predict(
            table.toString(), output, "--image-column", "picture.bytes", "--name-column", "origin");
    assertThat(named.exitCode()).as(named.err()).isZero();
    List<Row> rows = read(output, "parquet");
    assertThat(rows).hasSize(images.size() + 1);
    for (int i = 0; i < images.size(); i++) {
      assertThat(rows.get(i).getString(0)).endsWith("for-table/%02d.png".formatted(i));
      assertPredicted(rows.get(i), expected.get(i));
    }
    assertThat(rows.get(images.size()).getString(4)).contains("not a PNG or JPEG file");

    Console unnamed =
        predict(table.toString(), output, "--image-column", "picture.bytes", "--overwrite");
    assertThat(unnamed.exitCode()).as(unnamed.err()).isZero();
    assertThat(read(output, "parquet").get(images.size()).getString(0)).endsWith(".parquet#9");
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("documented")
  void everyCommandOfTheDocumentationRuns(String command) {
    String here =
        command
            .replace("runs/quickstart", run.toString())
            .replace("/data/images", directory.resolve("folder").toString())
            .replace("/data/table", directory.resolve("table").toString())
            .replace("/results", directory.resolve("documented").toString());
    Console console = Console.run(here.substring("deploy/modelzoo ".length()).split(" "));
    assertThat(console.exitCode()).as(console.err()).isZero();
  }

  static List<String> documented() throws IOException {
    Path documents = Path.of("").toAbsolutePath().resolveSibling("docs");
    List<String> commands = new ArrayList<>();
    for (String document : List.of("using-a-zoo.md", "predict.md")) {
      Files.readAllLines(documents.resolve(document)).stream()
          .filter(line -> line.startsWith("deploy/modelzoo "))
          .forEach(commands::add);
    }
    assertThat(commands).hasSize(5);
    return commands;
  }

  @Test
  void whatCannotBeDoneIsSaidBeforeSparkStarts() throws IOException {
    Path there = Files.createDirectories(directory.resolve("there"));
    Path output = directory.resolve("never");
    String input = writePng(directory.resolve("one.png"), 0).toString();
    assertRefused(
        predictTask("family-1-task-22", input, output), 2, "did you mean \"family-1-task-2\"?");
    assertRefused(predict(directory.resolve("none").toString(), output), 3, "there is nothing at");
    assertRefused(predict("pictures:new", output), 3, "pictures:new can't be read");
    assertRefused(predict(there.toString(), output), 3, "holds no image");
    assertRefused(
        predict(input, there), 2, "is there already; name another output, or add --overwrite");
    assertRefused(predict(input, directory.resolve("one.png/below")), 4, "can't write");
    assertRefused(predict(input, output, "--format", "xml"), 2, "PARQUET, CSV, JSON");
    String text = Files.writeString(directory.resolve("text"), "no image").toString();
    assertRefused(predict(text, output), 2, "say it with --input-format");
    assertRefused(predict(text, output, "--input-format", "idx"), 3, "corrupt");
    assertThat(output).doesNotExist();
    assertThat(directory.toFile().list()).noneMatch(name -> name.startsWith(".tmp-"));
  }

  @Test
  void aFileThatIsNoTableIsADataError() throws IOException {
    String text = Files.writeString(directory.resolve("no.parquet"), "no table").toString();
    Console console = predict(text, directory.resolve("of-no-table"));
    assertThat(console.exitCode()).as(console.err()).isEqualTo(3);
    assertThat(console.err()).contains("no.parquet can't be read as a Parquet table: ");
  }

  private static void assertRefused(Console console, int exitCode, String message) {
    assertThat(console.exitCode()).as(console.err()).isEqualTo(exitCode);
    assertThat(console.err()).contains(message).doesNotContain("\tat ");
  }

  private static Console predict(String input, Path output, String... more) {
    return predictTask(TASK, input, output, more);
  }

  private static Console predictTask(String task, String input, Path output, String... more) {
    return Console.run(
        new String[] {
          "predict",
          "--zoo",
          run.toString(),
          "--task",
          task,
          "--input",
          input,
          "--output",
          output.toString()
        },
        more);
  }

  /** To rounding: products of a few images are added in another order than those of many. */
  private static void assertPredicted(Row row, Prediction prediction) {
    assertThat(row.getString(1)).isEqualTo(prediction.className());
    assertThat(Float.parseFloat(row.get(2).toString()))
        .isCloseTo(prediction.probability(), within(1e-6f));
    assertThat(Double.parseDouble(row.get(3).toString())).isEqualTo(prediction.agreement());
    assertThat(row.getString(4)).isNull();
  }

  /** Rows in the order of their paths. */
  private static List<Row> read(Path output, String format) {
    try (SparkSession session = session()) {
      return session
          .read()
          .format(format)
          .option("header", true)
          .load(output.toString())
          .select("path", "class", "probability", "agreement", "error")
          .collectAsList()
          .stream()
          .sorted(Comparator.comparing(row -> row.getString(0)))
          .toList();
    }
  }

  private static SparkSession session() {
    return SparkSession.builder().master("local[1]").getOrCreate();
  }

  private static byte[] pixels(int image) {
    int size = images.shape().size();
    return Arrays.copyOfRange(images.pixels(), image * size, (image + 1) * size);
  }

  private static Path writePng(Path file, int image) throws IOException {
    byte[] pixels = pixels(image);
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < pixels.length; i++) {
      picture.setRGB(i % SIDE, i / SIDE, (pixels[i] & 0xFF) * 0x010101);
    }
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
