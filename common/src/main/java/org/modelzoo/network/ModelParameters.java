package org.modelzoo.network;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The parameters of a model in ND4J's binary form: two blocks, each with a mode, a length, a type
 * and its values; the first describes the shape, the second holds the numbers. ND4J itself believes
 * the shape and asks the native library for memory of that size, so the values alone are taken from
 * the file, and as many as the network has.
 */
final class ModelParameters {
  /** More than mode, type, lengths and shape take. */
  static final int MOST_HEADER_BYTES = 1024;

  /** The one ND4J writes; all others are of its versions before 1.0. */
  private static final String MODE = "MIXED_DATA_TYPES";

  private ModelParameters() {}

  /**
   * Reads them.
   *
   * @param count that the network has
   * @throws IllegalArgumentException saying what is wrong if there are not exactly these
   * @throws IOException if they end early
   */
  static float[] read(byte[] content, int count) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    long shape = header(in, "LONG");
    if (shape < 0 || shape > MOST_HEADER_BYTES / Long.BYTES) {
      throw new IllegalArgumentException("its parameters have a shape of length " + shape);
    }
    in.skipNBytes(shape * Long.BYTES);
    long values = header(in, "FLOAT");
    if (values != count || in.available() != (long) count * Float.BYTES) {
      throw new IllegalArgumentException(
          "it claims %,d parameters and holds %,d bytes of them, and its network has %,d parameters"
              .formatted(values, in.available(), count));
    }
    float[] parameters = new float[count];
    ByteBuffer.wrap(content, content.length - in.available(), in.available())
        .asFloatBuffer()
        .get(parameters);
    return parameters;
  }

  private static long header(DataInputStream in, String expectedType) throws IOException {
    String mode = in.readUTF();
    long length = in.readLong();
    String type = in.readUTF();
    if (!mode.equals(MODE) || !type.equals(expectedType)) {
      throw new IllegalArgumentException(
          "its parameters are of type %s in mode %s instead of %s in mode %s"
              .formatted(type, mode, expectedType, MODE));
    }
    return length;
  }
}
