package org.modelzoo.spark.tracker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.nd4j.shade.protobuf.CodedOutputStream;

/** The fields of a protobuf message for which there is no class, written by their numbers. */
@FunctionalInterface
interface ProtoFields {
  void writeTo(CodedOutputStream out) throws IOException;

  /** The message as bytes. */
  static byte[] of(ProtoFields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array doesn't fail", e);
    }
    return bytes.toByteArray();
  }
}
