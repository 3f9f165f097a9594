package org.modelzoo.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

/** Small runs, members and damage for tests. */
public final class StoreFixtures {
  public static final RunIdentity IDENTITY =
      new RunIdentity(
          2, "0.1", "zoo", 42, "c0ffee", "da7a", "2025-01-01T00:00:00Z", List.of("a", "b"));

  public static final Predictions PREDICTIONS =
      new Predictions(
          List.of(
              new Block(3, Split.TEST, 2, new short[] {0, 1}, new float[] {.25f, .75f, .5f, .5f})));

  private StoreFixtures() {}

  public static RunDirectory run(Path directory) {
    return RunDirectory.at(directory.toString(), new Configuration());
  }

  public static RunFiles.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Commits member {@code m1}, whose model is this text. */
  public static void commitMember(RunDirectory run, String model, long seed) throws IOException {
    new MemberStore(run)
        .commit(
            "m1",
            text(model),
            PREDICTIONS,
            (modelSha256, predictionsSha256) -> outcome(seed, modelSha256, predictionsSha256));
  }

  public static MemberFile outcome(long seed, String modelSha256, String predictionsSha256) {
    return new MemberFile(
        MemberFile.FORMAT_VERSION,
        "m1",
        List.of(3),
        seed,
        20,
        1000,
        2000,
        List.of(new MemberFile.Epoch(0.5, 0.75)),
        modelSha256,
        predictionsSha256);
  }

  /** Every file below a directory, hidden ones too, as sorted relative paths. */
  public static List<String> filesBelow(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> directory.relativize(path).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void replaceIn(Path file, String old, String replacement) {
    try {
      String content = Files.readString(file);
      if (!content.contains(old)) {
        throw new AssertionError(old + " is not in " + content);
      }
      Files.writeString(file, content.replace(old, replacement));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #replaceIn}, in a file with a checksum, which is right again afterwards. */
  public static void replaceInSealed(Path file, String old, String replacement) {
    replaceIn(file, old, replacement);
    try {
      String content = Files.readString(file);
      String open = content.replaceAll("(?s),\n  \"sha256\" : \"[0-9a-f]{64}\"\n}\n$", "\n}\n");
      Files.write(file, Seal.put(open.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] flipped(byte[] content, int bit) {
    byte[] copy = content.clone();
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return copy;
  }

  public static boolean isDataError(Throwable thrown) {
    return thrown instanceof ModelZooException e && e.kind() == ErrorKind.DATA;
  }

  public static boolean isClusterError(Throwable thrown) {
    return thrown instanceof ModelZooException e && e.kind() == ErrorKind.CLUSTER;
  }
}
