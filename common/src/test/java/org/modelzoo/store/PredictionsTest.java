package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.store.StoreFixtures.PREDICTIONS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

class PredictionsTest {
  private static final int VERSION = 4;
  private static final int BLOCKS = 8;
  private static final int SPLIT = 16;
  private static final int CLASSES = 22;
  private static final int EXAMPLES = 26;

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void readAsWritten(@ForAll("predictions") Predictions predictions) throws IOException {
    Predictions read = Predictions.read(bytes(predictions), "file");

    assertThat(read).usingRecursiveComparison().isEqualTo(predictions);
    assertThat(bytes(read)).isEqualTo(bytes(predictions));
  }

  @Provide
  Arbitrary<Predictions> predictions() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1000),
            Arbitraries.of(Split.class),
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(0, 30),
            Arbitraries.longs())
        .as(PredictionsTest::block)
        .list()
        .ofMaxSize(5)
        .map(Predictions::new);
  }

  private static Block block(int task, Split split, int classes, int examples, long seed) {
    Random random = new Random(seed);
    short[] labels = new short[examples];
    float[] probabilities = new float[examples * classes];
    for (int i = 0; i < examples; i++) {
      labels[i] = (short) random.nextInt(classes);
    }
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = random.nextFloat();
    }
    return new Block(task, split, classes, labels, probabilities);
  }

  @Example
  void fileIsBigEndianWithLabelsBeforeProbabilities() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes(PREDICTIONS));

    assertThat(new byte[] {file.get(0), file.get(1), file.get(2), file.get(3)})
        .asString()
        .isEqualTo("MZPR");
    assertThat(file.getInt(VERSION)).isEqualTo(1);
    assertThat(file.getInt(BLOCKS)).isEqualTo(1);
    assertThat(file.getInt(12)).as("task").isEqualTo(3);
    assertThat(file.getInt(CLASSES)).isEqualTo(2);
    assertThat(file.getInt(EXAMPLES)).isEqualTo(2);
    assertThat(file.getShort(32)).as("second label").isEqualTo((short) 1);
    assertThat(file.getFloat(34)).as("first probability").isEqualTo(.25f);
    assertThat(file.capacity()).isEqualTo(34 + 4 * 4);
  }

  @Example
  void everyTruncationIsDamage() throws IOException {
    byte[] whole = bytes(PREDICTIONS);

    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Predictions.read(part, "file"))
          .isInstanceOf(DamagedFileException.class)
          .hasMessageStartingWith("file is damaged: ")
          .hasMessageNotContaining("null");
    }
  }

  @Example
  void moreThanTheBlocksIsDamage() throws IOException {
    byte[] longer = Arrays.copyOf(bytes(PREDICTIONS), 53);

    assertThatThrownBy(() -> Predictions.read(longer, "file"))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("file is damaged: 3 bytes follow the last block");
  }

  @Example
  void otherContentIsDamage() {
    assertThatThrownBy(() -> Predictions.read(new byte[64], "file"))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("file is damaged: it does not start with MZPR");
  }

  @Example
  void unknownSplitIsDamage() throws IOException {
    byte[] content = bytes(PREDICTIONS);
    content[SPLIT + 2] = 'B';

    assertThatThrownBy(() -> Predictions.read(content, "file"))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("BEST");
  }

  @Property(tries = 100)
  void impossibleSizesAreDamage(@ForAll int classes, @ForAll int examples) throws IOException {
    Assume.that(classes != 2 || examples != 2);
    byte[] content = bytes(PREDICTIONS);
    ByteBuffer.wrap(content).putInt(CLASSES, classes).putInt(EXAMPLES, examples);

    assertThatThrownBy(() -> Predictions.read(content, "file"))
        .isInstanceOf(DamagedFileException.class);
  }

  @Example
  void newerVersionIsRefused() throws IOException {
    byte[] content = bytes(PREDICTIONS);
    ByteBuffer.wrap(content).putInt(VERSION, 2);

    assertThatThrownBy(() -> Predictions.read(content, "file"))
        .matches(StoreFixtures::isDataError)
        .hasMessage(
            "file has format version 2, and this program reads up to version 1; use the program that wrote it, or a newer one");
  }

  @Example
  void knowsWhetherAllAreNumbers() {
    assertThat(PREDICTIONS.areNumbers()).isTrue();
    assertThat(
            new Predictions(
                    List.of(
                        PREDICTIONS.blocks().get(0),
                        new Block(0, Split.TEST, 2, new short[] {0}, new float[] {1, Float.NaN})))
                .areNumbers())
        .isFalse();
  }

  private static byte[] bytes(Predictions predictions) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    predictions.writeTo(bytes);
    return bytes.toByteArray();
  }
}
