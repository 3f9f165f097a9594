package org.modelzoo.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ImageShape;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;

/** Model files that were made to do harm to whoever reads them. */
class HostileModelFileTest {
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";
  private static final String XAVIER = WeightInitXavier.class.getName();

  private static byte[] good;

  private Map<String, byte[]> entries;

  @BeforeAll
  static void writeAGoodModel() throws IOException {
    NetworkSpec spec = new NetworkSpec("small-conv", 0, new ImageShape(22, 22, 1), List.of(2));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelFile.write(spec, 1, Networks.initialParameters(spec, 1), file);
    good = file.toByteArray();
  }

  @BeforeEach
  void unpackIt() throws IOException {
    entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(good))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    assertThat(entries).containsOnlyKeys(CONFIGURATION, PARAMETERS);
    HostileParts.forget();
  }

  @Test
  void theUntouchedModelIsRead() throws IOException {
    byte[] file = zip();
    assertThatCode(() -> ModelFile.read(new ByteArrayInputStream(file))).doesNotThrowAnyException();
  }

  @Test
  void aClassOfSomebodyElseIsRefusedBeforeItIsMade() throws IOException {
    String gadget = HostileParts.Weights.class.getName();
    replaceInConfiguration(XAVIER, gadget);

    ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip()));
    assertThat(HostileParts.wereMade()).as("DL4J's own reader makes it").isTrue();

    assertThat(refused())
        .hasMessageStartingWith("/models/a/model.zip is not a model of this program")
        .hasMessageContaining("its configuration names " + gadget);
    assertThat(HostileParts.wereMade()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"epochCount\" : 0, \"@class\" : \"Gadget\"",
        "\"epochCount\" : 0, \"dist\" : { \"type\" : \"java.lang.ProcessBuilder\" }",
        "\"epochCount\" : 0, \"any\" : [ \"javax.script.ScriptEngineManager\", {} ]",
        "\"epochCount\" : 0, \"java.lang.ProcessBuilder\" : {}",
        "\"epochCount\" : 0, \"@class\" : { \"a\" : 1 }"
      })
  void aClassNameAnywhereElseIsRefusedToo(String hostile) throws IOException {
    replaceInConfiguration("\"epochCount\" : 0", hostile);

    assertThat(refused()).hasMessageContaining("its configuration names ");
  }

  @Test
  void aKeyThatStandsThereTwiceIsRefused() throws IOException {
    replaceInConfiguration(
        "\"@class\" : \"" + XAVIER + "\"",
        "\"@class\" : \"%s\", \"@class\" : \"%s\""
            .formatted(HostileParts.Weights.class.getName(), XAVIER));

    assertThat(refused()).hasMessageContaining("Duplicate field '@class'");
    assertThat(HostileParts.wereMade()).isFalse();
  }

  @Test
  void javaObjectsAreNotDeserialised() throws IOException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(object)) {
      out.writeObject(new HostileParts.JavaObject());
    }
    entries.put("preprocessor.bin", object.toByteArray());

    byte[] file = zip();
    assertThat(
            catchThrowable(
                () -> ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file))))
        .isInstanceOf(ClassCastException.class);
    assertThat(HostileParts.wereMade()).as("DL4J's own reader deserialises it first").isTrue();

    assertThat(refused()).hasMessageContaining("it has an entry preprocessor.bin that no member");
    assertThat(HostileParts.wereMade()).isFalse();
  }

  @Test
  void namesOfOtherEntriesAreRefusedNotFollowed() throws IOException {
    entries.put("../../.bashrc", new byte[] {1});

    assertThat(refused()).hasMessageContaining("it has an entry ../../.bashrc");
  }

  @Test
  void entriesThatUnpackToMoreThanTheyMayAreRefused() throws IOException {
    byte[] parameters = entries.get(PARAMETERS);
    entries.put(PARAMETERS, Arrays.copyOf(parameters, parameters.length + 2000));
    assertThat(refused()).hasMessageContaining("its entry coefficients.bin is longer than 4");

    byte[] spaces = new byte[(64 << 20) + 1];
    Arrays.fill(spaces, (byte) ' ');
    entries.put(CONFIGURATION, spaces);
    assertThat(zip().length).as("a small file").isLessThan(1 << 20);
    assertThat(refused())
        .hasMessageContaining("its entry configuration.json is longer than 67,108,864 bytes");
  }

  @Test
  void configurationsThatTakeFarMoreMemoryThanTheirFileAreRefused() throws IOException {
    entries.put(CONFIGURATION, ("[" + "[],".repeat(20_000_000) + "[]]").getBytes(UTF_8));
    assertThat(zip().length).as("a small file").isLessThan(1 << 20);
    assertThat(refused()).hasMessageContaining("more than 4,000,000 values and keys");

    entries.put(CONFIGURATION, "{\"a\":".repeat(1_000_000).getBytes(UTF_8));
    assertThat(refused()).hasMessageContaining("nested more than 100 deep");

    entries.put(CONFIGURATION, ("[" + "7".repeat(10_000_000) + "]").getBytes(UTF_8));
    assertThat(refused()).hasMessageContaining("a number of 10,000,000 digits");
  }

  @Test
  void theDeepestNetworkIsWithinTheBounds() throws IOException {
    NetworkSpec spec = new NetworkSpec("wrn-100-1", 0.1, new ImageShape(8, 8, 1), List.of(2));
    String json = Networks.configuration(spec).toJson();

    assertThat(ModelJson.read(json).findValues("@class")).isNotEmpty();
    assertThat(tokens(json) * 9994 / 100)
        .as("values and keys of wrn-9994-1, the deepest network")
        .isBetween(ModelJson.MOST_TOKENS / 4L, 2L * ModelJson.MOST_TOKENS / 3);
  }

  private static long tokens(String json) throws IOException {
    long tokens = 0;
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  @Test
  void networksOfImpossibleSizeAreRefused() throws IOException {
    replaceInConfiguration("\"outputs\" : 80", "\"outputs\" : 2000000000");

    assertThat(refused()).hasMessageContaining("its network has ");
  }

  @Test
  void parametersThatClaimOtherSizesThanTheyHaveAreRefused() throws IOException {
    byte[] parameters = entries.get(PARAMETERS);
    // Mode, length, type of the shape; the shape; mode, length, type of the numbers.
    int lengthOfShape = 2 + "MIXED_DATA_TYPES".length();
    int shape = lengthOfShape + Long.BYTES + 2 + "LONG".length();
    long longs = ByteBuffer.wrap(parameters).getLong(lengthOfShape);
    int lengthOfNumbers = Math.toIntExact(shape + longs * Long.BYTES) + lengthOfShape;

    for (long claim : new long[] {-1, 0, 1L << 40, Long.MAX_VALUE}) {
      entries.put(PARAMETERS, parameters.clone());
      ByteBuffer.wrap(entries.get(PARAMETERS)).putLong(lengthOfNumbers, claim);
      assertThat(refused()).hasMessageContaining("it claims %,d parameters".formatted(claim));
    }
    entries.put(PARAMETERS, parameters.clone());
    ByteBuffer.wrap(entries.get(PARAMETERS)).putLong(lengthOfShape, 1L << 40);
    assertThat(refused()).hasMessageContaining("a shape of length 1099511627776");
    entries.put(PARAMETERS, parameters.clone());
    ByteBuffer.wrap(entries.get(PARAMETERS)).putLong(shape + Long.BYTES, 1L << 40);
    assertThatCode(() -> ModelFile.read(new ByteArrayInputStream(zip())))
        .as("a shape that lies is not looked at")
        .doesNotThrowAnyException();
  }

  @Test
  void damagedFilesAreDataErrors() throws IOException {
    byte[] whole = zip();
    for (int length : new int[] {0, 10, 200, whole.length / 2}) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThat(refused(part)).hasMessageContaining("train the member again");
    }
    entries.put(CONFIGURATION, "[".repeat(1_000_000).getBytes(UTF_8));
    assertThat(refused()).isNotNull();
    entries.put(CONFIGURATION, "{}".getBytes(UTF_8));
    assertThat(refused()).isNotNull();
  }

  private void replaceInConfiguration(String text, String replacement) {
    String json = new String(entries.get(CONFIGURATION), UTF_8);
    assertThat(json).contains(text);
    entries.put(
        CONFIGURATION,
        json.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(replacement))
            .getBytes(UTF_8));
  }

  private Throwable refused() throws IOException {
    return refused(zip());
  }

  private static Throwable refused(byte[] file) {
    Throwable error =
        catchThrowable(() -> ModelFile.read(new ByteArrayInputStream(file), "/models/a/model.zip"));
    assertThat(error).isInstanceOf(ModelZooException.class);
    assertThat(((ModelZooException) error).kind()).isEqualTo(ErrorKind.DATA);
    return error;
  }

  private byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
