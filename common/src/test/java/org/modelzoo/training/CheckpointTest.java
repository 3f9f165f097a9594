package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.modelzoo.store.MemberFile;

class CheckpointTest {
  private static final Checkpoint SMALL =
      new Checkpoint(
          7, List.of(new MemberFile.Epoch(0.5, 0.25)), new float[] {1, -2}, new float[] {3, 4}, 99);

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
    Checkpoint written = new Checkpoint(seed, epochs, parameters, momentum, trainedMillis);

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
  void everyTruncationIsNoticed() throws IOException {
    byte[] whole = SMALL.toBytes();

    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Checkpoint.fromBytes(part)).isInstanceOf(IOException.class);
    }
  }
}
