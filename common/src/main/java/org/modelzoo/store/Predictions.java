package org.modelzoo.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A member's softmax outputs on every image of its tasks, {@code predictions.bin}. Big-endian:
 * magic, format version, number of blocks; a block is task, split, classes, examples, labels (short
 * each), probabilities (float each, row by row).
 */
public record Predictions(List<Block> blocks) {
  private static final int MAGIC = 0x4d5a5052;
  private static final int FORMAT_VERSION = 1;

  /** Which images of a task. */
  public enum Split {
    @JsonProperty("train")
    TRAIN,
    @JsonProperty("validation")
    VALIDATION,
    @JsonProperty("test")
    TEST
  }

  /**
   * One task and split.
   *
   * @param labels [examples]
   * @param probabilities [examples, classes]
   */
  public record Block(int task, Split split, int classes, short[] labels, float[] probabilities) {}

  /** Whether no probability is NaN or infinite. */
  public boolean areNumbers() {
    return blocks.stream().map(Block::probabilities).allMatch(Predictions::areNumbers);
  }

  private static boolean areNumbers(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Writes the file. */
  public void writeTo(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeInt(MAGIC);
    out.writeInt(FORMAT_VERSION);
    out.writeInt(blocks.size());
    for (Block block : blocks) {
      out.writeInt(block.task());
      out.writeUTF(block.split().name());
      out.writeInt(block.classes());
      out.writeInt(block.labels().length);
      ByteBuffer bytes =
          ByteBuffer.allocate(block.labels().length * 2 + block.probabilities().length * 4);
      bytes.asShortBuffer().put(block.labels());
      bytes.position(block.labels().length * 2);
      bytes.asFloatBuffer().put(block.probabilities());
      out.write(bytes.array());
    }
    out.flush();
  }

  /**
   * Reads the file.
   *
   * @throws DamagedFileException if it isn't one
   * @throws org.modelzoo.base.ModelZooException (data) if it is newer than this program
   */
  public static Predictions read(byte[] content, String file) throws DamagedFileException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("it does not start with MZPR");
      }
      int version = in.readInt();
      FormatVersion.require(version, FORMAT_VERSION, file);
      int count = in.readInt();
      List<Block> blocks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        blocks.add(readBlock(in));
      }
      if (in.available() > 0) {
        throw new IOException("%d bytes follow the last block".formatted(in.available()));
      }
      return new Predictions(List.copyOf(blocks));
    } catch (EOFException e) {
      throw new DamagedFileException(file, "it ends after %d bytes".formatted(content.length));
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedFileException(file, e.getMessage());
    }
  }

  private static Block readBlock(DataInputStream in) throws IOException {
    int task = in.readInt();
    Split split = Split.valueOf(in.readUTF());
    int classes = in.readInt();
    int examples = in.readInt();
    long exampleBytes = 2L + 4L * classes;
    if (classes < 1 || examples < 0 || examples > in.available() / exampleBytes) {
      throw new IOException(
          "a block of %d examples and %d classes does not fit".formatted(examples, classes));
    }
    ByteBuffer content = ByteBuffer.wrap(in.readNBytes((int) (examples * exampleBytes)));
    short[] labels = new short[examples];
    content.asShortBuffer().get(labels);
    content.position(examples * 2);
    float[] probabilities = new float[examples * classes];
    content.asFloatBuffer().get(probabilities);
    return new Block(task, split, classes, labels, probabilities);
  }
}
