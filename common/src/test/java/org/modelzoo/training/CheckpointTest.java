package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.modelzoo.store.Computation;
import org.modelzoo.store.MemberFile;

class CheckpointTest {
  private static final Checkpoint SMALL =
      new Checkpoint(
          7,
          List.of(new MemberFile.Epoch(0.5, 0.25)),
          new float[] {1, -2},
          new float[] {3, 4},
          99,
          List.of(new MemberFile.Evaluation(1, List.of(0.5), List.of(0.75))),
          new Computation("dl4j, torch", "float16", 3),
          new EpochPart(3, 48, 12.5, 20, new long[] {1, -1}));

  /** Bytes of two texts, each behind its length, and a number. */
  private static final int COMPUTATION =
      2 * Short.BYTES + "dl4j, torch".length() + "float16".length() + Integer.BYTES;

  /** Bytes of whether there is one, three numbers of eight bytes, one of four, and two states. */
  private static final int PART =
      1 + Integer.BYTES + 3 * Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void readAsWritten(
      @ForAll long seed,
      @ForAll @Size(max = 9) double[] losses,
      @ForAll @Size(max = 50) float[] parameters,
      @ForAll @Size(max = 50) float[] momentum,
      @ForAll long trainedMillis)
      throws IOException {
    List<MemberFile.Epoch> epochs =
        Arrays.stream(losses).mapToObj(loss -> new MemberFile.Epoch(loss, 1)).toList();
    List<MemberFile.Evaluation> evaluations =
        Arrays.stream(losses)
            .mapToObj(loss -> new MemberFile.Evaluation(2, List.of(loss, 1.0), List.of(0.5, 0.25)))
            .toList();
    Checkpoint written =
        new Checkpoint(
            seed,
            epochs,
            parameters,
            momentum,
            trainedMillis,
            evaluations,
            new Computation(null, "bfloat16", null),
            null);

    assertThat(Checkpoint.fromBytes(written.toBytes()))
        .usingRecursiveComparison()
        .isEqualTo(written);
  }

  @Example
  void everyFlippedBitIsNoticed() throws IOException {
    byte[] whole = SMALL.toBytes();

    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> Checkpoint.fromBytes(flipped))
          .isInstanceOf(IOException.class)
          .hasMessage("its checksum is wrong");
    }
  }

  @Example
  void newerFormatIsRefusedInWords() throws IOException {
    byte[] newer = withVersion(6, SMALL.toBytes());

    assertThatThrownBy(() -> Checkpoint.fromBytes(newer))
        .isInstanceOf(IOException.class)
        .hasMessage("it has format version 6, and this program reads version 5");
  }

  @Example
  void formerFormatHasNoEvaluations() throws IOException {
    byte[] whole = SMALL.toBytes();
    int evaluations =
        2 * Integer.BYTES + Integer.BYTES + Double.BYTES + Integer.BYTES + Double.BYTES;
    byte[] former =
        withVersion(2, Arrays.copyOf(whole, whole.length - PART - COMPUTATION - evaluations));

    assertThat(Checkpoint.fromBytes(former))
        .usingRecursiveComparison()
        .isEqualTo(
            new Checkpoint(
                SMALL.seed(),
                SMALL.epochs(),
                SMALL.parameters(),
                SMALL.momentum(),
                SMALL.trainedMillis(),
                List.of(),
                new Computation("dl4j", "float32", 0),
                null));
  }

  @Example
  void formatWithoutEnginesIsOfTheOnlyOneThereWas() throws IOException {
    byte[] whole = SMALL.toBytes();
    byte[] former = withVersion(3, Arrays.copyOf(whole, whole.length - PART - COMPUTATION));

    Checkpoint read = Checkpoint.fromBytes(former);

    assertThat(read.evaluations()).isEqualTo(SMALL.evaluations());
    assertThat(read.computation()).isEqualTo(new Computation("dl4j", "float32", 0));
  }

  @Example
  void aCheckpointWithinAnEpochIsFurtherThanOneAtItsStart() throws IOException {
    byte[] whole = SMALL.toBytes();
    byte[] former = withVersion(4, Arrays.copyOf(whole, whole.length - PART));

    assertThat(Checkpoint.fromBytes(whole)).usingRecursiveComparison().isEqualTo(SMALL);
    assertThat(SMALL.isBeyond(1)).isTrue();
    assertThat(SMALL.isBeyond(2)).isFalse();
    assertThat(Checkpoint.fromBytes(former).part()).isNull();
    assertThat(Checkpoint.fromBytes(former).isBeyond(1)).isFalse();
  }

  private static byte[] withVersion(int version, byte[] checkpoint) {
    ByteBuffer.wrap(checkpoint).putInt(Integer.BYTES, version);
    return sealed(checkpoint);
  }

  private static byte[] sealed(byte[] checkpoint) {
    CRC32 sum = new CRC32();
    sum.update(checkpoint, 0, checkpoint.length - Long.BYTES);
    ByteBuffer.wrap(checkpoint).putLong(checkpoint.length - Long.BYTES, sum.getValue());
    return checkpoint;
  }

  @Example
  void sizesThatCannotBeAreNotBelieved() throws IOException {
    int epochs = 2 * Integer.BYTES + 2 * Long.BYTES;
    int parameters = epochs + Integer.BYTES + 2 * Double.BYTES;
    for (int place : new int[] {epochs, parameters}) {
      for (int claim : new int[] {-1, 1000, Integer.MAX_VALUE}) {
        byte[] crafted = SMALL.toBytes();
        ByteBuffer.wrap(crafted).putInt(place, claim);
        sealed(crafted);

        assertThatThrownBy(() -> Checkpoint.fromBytes(crafted))
            .isInstanceOf(IOException.class)
            .hasMessage("it claims to hold %d values where they don't fit".formatted(claim));
      }
    }
  }

  @Example
  void everyTruncationIsNoticed() throws IOException {
    byte[] whole = SMALL.toBytes();

    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Checkpoint.fromBytes(part)).isInstanceOf(IOException.class);
    }
  }
}
