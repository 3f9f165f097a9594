package org.modelzoo.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.modelzoo.store.Computation;
import org.modelzoo.store.MemberFile;

/**
 * A member between two epochs or within one; training that continues from it ends with the same
 * bits.
 *
 * @param seed of the member, to tell another member's checkpoint apart
 * @param epochs done so far
 * @param parameters of the network, flat
 * @param momentum of the optimiser, flat
 * @param trainedMillis time spent in training so far; time in which nobody trained doesn't count
 * @param evaluations between the epochs; none in format version 2
 * @param computation not in format version 3 and older, whose programs had one engine
 * @param part of the epoch in progress; null between two epochs, as always before format version 5
 */
record Checkpoint(
    long seed,
    List<MemberFile.Epoch> epochs,
    float[] parameters,
    float[] momentum,
    long trainedMillis,
    List<MemberFile.Evaluation> evaluations,
    Computation computation,
    EpochPart part) {
  private static final int MAGIC = 0x4d5a4350;
  private static final int FORMAT_VERSION = 5;
  private static final int OLDEST = 2;

  /** The format version since which evaluations are kept, and what computed. */
  private static final int EVALUATIONS_SINCE = 3;

  private static final int COMPUTATION_SINCE = 4;
  private static final int PART_SINCE = 5;

  /** Of all programs before there were several engines. */
  private static final Computation FORMER = new Computation("dl4j", "float32", 0);

  private static final int NOT_COUNTED = -1;

  byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(parameters.length * 8 + 1024);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(FORMAT_VERSION);
    out.writeLong(seed);
    out.writeLong(trainedMillis);
    out.writeInt(epochs.size());
    for (MemberFile.Epoch epoch : epochs) {
      out.writeDouble(epoch.loss());
      out.writeDouble(epoch.accuracy());
    }
    writeFloats(out, parameters);
    writeFloats(out, momentum);
    out.writeInt(evaluations.size());
    for (MemberFile.Evaluation evaluation : evaluations) {
      out.writeInt(evaluation.epoch());
      writeDoubles(out, evaluation.losses());
      writeDoubles(out, evaluation.accuracies());
    }
    out.writeUTF(computation.engine() == null ? "" : computation.engine());
    out.writeUTF(computation.precision());
    out.writeInt(computation.skippedSteps() == null ? NOT_COUNTED : computation.skippedSteps());
    writePart(out);
    out.writeLong(crc(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  /**
   * Reads a checkpoint.
   *
   * @throws IOException if it is damaged or of another format
   */
  static Checkpoint fromBytes(byte[] bytes) throws IOException {
    if (bytes.length < Long.BYTES
        || ByteBuffer.wrap(bytes).getLong(bytes.length - Long.BYTES)
            != crc(bytes, bytes.length - Long.BYTES)) {
      throw new IOException("its checksum is wrong");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readInt() != MAGIC) {
      throw new IOException("it is not a checkpoint");
    }
    int version = in.readInt();
    if (version < OLDEST || version > FORMAT_VERSION) {
      throw new IOException(
          "it has format version %d, and this program reads version %d"
              .formatted(version, FORMAT_VERSION));
    }
    long seed = in.readLong();
    long trainedMillis = in.readLong();
    List<MemberFile.Epoch> epochs = new ArrayList<>();
    int count = count(in, 2 * Double.BYTES);
    for (int i = 0; i < count; i++) {
      epochs.add(new MemberFile.Epoch(in.readDouble(), in.readDouble()));
    }
    return new Checkpoint(
        seed,
        epochs,
        readFloats(in),
        readFloats(in),
        trainedMillis,
        version < EVALUATIONS_SINCE ? List.of() : readEvaluations(in),
        version < COMPUTATION_SINCE ? FORMER : readComputation(in),
        version < PART_SINCE ? null : readPart(in));
  }

  /** Whether it is further than after so many epochs. */
  boolean isBeyond(int until) {
    return epochs.size() > until || (epochs.size() == until && part != null);
  }

  private void writePart(DataOutputStream out) throws IOException {
    out.writeBoolean(part != null);
    if (part != null) {
      out.writeInt(part.step());
      out.writeLong(part.images());
      out.writeDouble(part.lossSum());
      out.writeLong(part.correct());
      out.writeInt(part.dropout().length);
      for (long state : part.dropout()) {
        out.writeLong(state);
      }
    }
  }

  private static EpochPart readPart(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? new EpochPart(in.readInt(), in.readLong(), in.readDouble(), in.readLong(), readLongs(in))
        : null;
  }

  private static long[] readLongs(DataInputStream in) throws IOException {
    long[] values = new long[count(in, Long.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }

  private static List<MemberFile.Evaluation> readEvaluations(DataInputStream in)
      throws IOException {
    List<MemberFile.Evaluation> evaluations = new ArrayList<>();
    int count = count(in, 3 * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      evaluations.add(new MemberFile.Evaluation(in.readInt(), readDoubles(in), readDoubles(in)));
    }
    return evaluations;
  }

  private static Computation readComputation(DataInputStream in) throws IOException {
    String engine = in.readUTF();
    String precision = in.readUTF();
    int skipped = in.readInt();
    return new Computation(
        engine.isEmpty() ? null : engine, precision, skipped == NOT_COUNTED ? null : skipped);
  }

  private static void writeDoubles(DataOutputStream out, List<Double> values) throws IOException {
    out.writeInt(values.size());
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static List<Double> readDoubles(DataInputStream in) throws IOException {
    List<Double> values = new ArrayList<>();
    int count = count(in, Double.BYTES);
    for (int i = 0; i < count; i++) {
      values.add(in.readDouble());
    }
    return values;
  }

  private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    out.writeInt(values.length);
    out.write(buffer.array());
  }

  private static float[] readFloats(DataInputStream in) throws IOException {
    float[] values = new float[count(in, Float.BYTES)];
    ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES)).asFloatBuffer().get(values);
    return values;
  }

  /** A checksum only shows that nothing broke by chance: no size is believed that can't be. */
  private static int count(DataInputStream in, int bytesEach) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / bytesEach) {
      throw new IOException("it claims to hold %d values where they don't fit".formatted(count));
    }
    return count;
  }

  private static long crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }
}
