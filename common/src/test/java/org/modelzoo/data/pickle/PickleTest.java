package org.modelzoo.data.pickle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PickleTest {
  /** {@code pickle.dumps(value, protocol=2)} without the bytes that put values away. */
  @Test
  void readsPlainValues() throws IOException {
    Map<?, ?> read =
        read(
            """
            }(X\1\0\0\0aK\7X\1\0\0\0bM\1\2X\1\0\0\0cJ\377\377\377\377U\1dG?\340\0\0\0\0\0\0\
            U\1e](K\1K\2eU\1f}U\1gK\1su.\
            """);

    assertThat(read.get("a")).isEqualTo(7L);
    assertThat(read.get("b")).isEqualTo(513L);
    assertThat(read.get("c")).isEqualTo(-1L);
    assertThat(read.get("d")).isEqualTo(0.5);
    assertThat(read.get("e")).isEqualTo(List.of(1L, 2L));
    assertThat(read.get("f")).isEqualTo(Map.of("g", 1L));
    assertThat(read).hasSize(6);
  }

  @Test
  void wholeNumbersAreLittleEndianAndSigned() throws IOException {
    assertThat(read("}(U\1a\212\0U\1b\212\1\377U\1c\212\2\0\200u."))
        .isEqualTo(Map.of("a", 0L, "b", -1L, "c", -32768L));
  }

  /** Each names a function in its own way; all but the last would run it in Python. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cos\nsystem\n(U\4trueM\1\0tR.",
        "cposix\nsystem\nU\4true\205R.",
        "c__builtin__\neval\nU\0011\205R.",
        "cnumpy.core.multiarray\nscalar\n(tR.",
        "cnumpy\nload\nU\1a\205R.",
        "ccollections\nOrderedDict\n)R.",
        "\214\2os\214\6system\223.",
        "cnet.razorvine.pickle\nPickler\n)R.",
        "cjava.lang\nRuntime\n)R."
      })
  void namesOfFunctionsAreRefused(String pickle) {
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(PickleFormatException.class)
        .hasMessageMatching(
            "(?s)it names [\\w.]+, and nothing but plain values and NumPy arrays.*");
  }

  /** INST, OBJ, NEWOBJ, NEWOBJ_EX, PERSID, BINPERSID, EXT1, LONG4, INT, DUP, POP. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(ios\nsystem\n.",
        "(o.",
        ")\201.",
        ")}\222.",
        "Pa\n.",
        "Q.",
        "\202\1.",
        "\213\0\0\0\0.",
        "I1\n.",
        "}2.",
        "}0."
      })
  void otherOpcodesAreRefused(String pickle) {
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(PickleFormatException.class)
        .hasMessageMatching("it has the opcode 0x.., which plain values do without");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "K\1.",
        "e.",
        "}(U\1au.",
        "}U\1as.",
        "]U\1aK\1s.",
        "}K\1K\2s.",
        "h\0.",
        "K\1R.",
        "cnumpy\ndtype\n.",
        "cnumpy\nndarray\n)R.",
        "cnumpy\ndtype\n)R.",
        "}}b.",
        "(]}e.",
        "cnumpy.core.multiarray\n_reconstruct\n)R)b.",
        "\212\11\0\0\0\0\0\0\0\0\0.",
        "c_codecs\nencode\nU\1aU\5utf-8\206R."
      })
  void whatMakesNoSenseIsNoPickle(String pickle) {
    assertThatThrownBy(() -> read(pickle)).isInstanceOfAny(PickleFormatException.class);
  }

  @Test
  void otherProtocolsAreRefused() {
    assertThatThrownBy(() -> Pickle.readDictionary(stream("(dp0\n.")))
        .hasMessage("it is not a pickle of protocol 2 or later");
    assertThatThrownBy(() -> Pickle.readDictionary(stream("\200\6}.")))
        .hasMessage("it is a pickle of protocol 6, not of 2 to 5");
  }

  @Test
  void sizesThatAreClaimedTakeNoMemory() {
    // BINBYTES8 of 2^62 bytes, of 2^63, and of 2^40 in an array that is claimed to be larger.
    assertThatThrownBy(() -> read("\216\0\0\0\0\0\0\0\100"))
        .isInstanceOf(EOFException.class)
        .hasMessage("it ends within a string");
    assertThatThrownBy(() -> read("\216\0\0\0\0\0\0\0\200"))
        .isInstanceOf(PickleFormatException.class)
        .hasMessage("it claims to have a string without end");
    assertThatThrownBy(
            () ->
                read(
                    "cnumpy.core.multiarray\n_reconstruct\n)R(K\1J\377\377\377\177\205"
                        + "cnumpy\ndtype\nU\2u1\205R\211U\0tb."))
        .isInstanceOf(PickleFormatException.class)
        .hasMessage("it has an array of [2147483647] whose bytes are 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"}", "(", "]\224", ")", "N", "}q\0"})
  void moreThanAMegabyteBesideArraysIsRefused(String repeated) {
    String pickle = repeated.repeat(3_000_000 / repeated.length());

    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(PickleFormatException.class)
        .hasMessage("it has more than 1,048,576 bytes beside its arrays");
  }

  @Test
  void listsInsideOneAnotherWithoutEndAreRead() throws IOException {
    String nested = "}U\1a" + "](".repeat(100_000) + "e".repeat(100_000) + "s.";
    assertThat(read(nested).get("a")).isInstanceOf(List.class);
    // A list that holds itself, by the memo.
    assertThat(read("}U\1a]q\0h\0as.").get("a")).isInstanceOf(List.class);
  }

  /** Real pickles with some bytes changed are read, or refused in words. */
  @ParameterizedTest
  @ValueSource(strings = {"python2", "protocol2", "protocol3", "protocol4", "protocol5"})
  void damageIsNoticedInWords(String encoding) throws IOException {
    byte[] whole;
    String name = "/mini-imagenet/" + encoding + "/mini-imagenet-cache-test.pkl.gz";
    try (InputStream content = new GZIPInputStream(getClass().getResourceAsStream(name))) {
      whole = content.readAllBytes();
    }
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      for (int change = 0; change < 3; change++) {
        // Its structure is in the first and last bytes, the pixels between them.
        int place = random.nextInt(600);
        damaged[place < 400 ? place : whole.length - 600 + place] = (byte) random.nextInt(256);
      }
      try {
        Pickle.readDictionary(new ByteArrayInputStream(damaged));
      } catch (PickleFormatException | EOFException e) {
        refused++;
        assertThat(e.getMessage()).startsWith("it ");
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  private static Map<?, ?> read(String pickle) throws IOException {
    return Pickle.readDictionary(stream("\200\2" + pickle));
  }

  private static InputStream stream(String pickle) {
    return new ByteArrayInputStream(pickle.getBytes(ISO_8859_1));
  }
}
