package org.modelzoo.spark.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.DescriptorProtos.DescriptorProto;
import org.nd4j.shade.protobuf.DescriptorProtos.FieldDescriptorProto;
import org.nd4j.shade.protobuf.DescriptorProtos.FileDescriptorProto;
import org.nd4j.shade.protobuf.Descriptors.Descriptor;
import org.nd4j.shade.protobuf.Descriptors.DescriptorValidationException;
import org.nd4j.shade.protobuf.Descriptors.FileDescriptor;
import org.nd4j.shade.protobuf.DynamicMessage;
import org.tensorflow.framework.Summary;

/** Reads event files with protobuf's own reader, by the fields of TensorFlow's event.proto. */
public final class EventRecords {
  private static final Descriptor EVENT = event();

  private EventRecords() {}

  /** An event of a file; what it doesn't have is empty. */
  public record Recorded(long step, String version, Summary summary, boolean restart) {}

  /** All events of a file; checksums are checked. */
  public static List<Recorded> of(Path file) throws IOException {
    return of(Files.readAllBytes(file));
  }

  static List<Recorded> of(byte[] content) throws IOException {
    List<Recorded> events = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      byte[] length = new byte[8];
      buffer.get(length);
      assertThat(buffer.getInt()).isEqualTo(masked(length));
      byte[] event =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      buffer.get(event);
      assertThat(buffer.getInt()).isEqualTo(masked(event));
      events.add(recorded(DynamicMessage.parseFrom(EVENT, event)));
    }
    return events;
  }

  private static Recorded recorded(DynamicMessage event) throws IOException {
    assertThat(event.getUnknownFields().asMap()).isEmpty();
    assertThat((double) event.getField(EVENT.findFieldByName("wall_time"))).isPositive();
    DynamicMessage session = (DynamicMessage) event.getField(EVENT.findFieldByName("session_log"));
    DynamicMessage summary = (DynamicMessage) event.getField(EVENT.findFieldByName("summary"));
    return new Recorded(
        (long) event.getField(EVENT.findFieldByName("step")),
        (String) event.getField(EVENT.findFieldByName("file_version")),
        Summary.parseFrom(summary.toByteString()),
        (int) session.getField(session.getDescriptorForType().findFieldByName("status")) == 1);
  }

  /** As TensorFlow's crc32c.h defines it. */
  private static int masked(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    int crc = (int) checksum.getValue();
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static Descriptor event() {
    DescriptorProto session =
        DescriptorProto.newBuilder()
            .setName("SessionLog")
            .addField(field("status", 1, FieldDescriptorProto.Type.TYPE_INT32))
            .build();
    DescriptorProto event =
        DescriptorProto.newBuilder()
            .setName("Event")
            .addField(field("wall_time", 1, FieldDescriptorProto.Type.TYPE_DOUBLE))
            .addField(field("step", 2, FieldDescriptorProto.Type.TYPE_INT64))
            .addField(field("file_version", 3, FieldDescriptorProto.Type.TYPE_STRING))
            .addField(message("summary", 5, ".tensorflow.Summary"))
            .addField(message("session_log", 7, ".tensorflow.SessionLog"))
            .build();
    FileDescriptor summary = Summary.getDescriptor().getFile();
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("event.proto")
            .setPackage("tensorflow")
            .setSyntax("proto3")
            .addDependency(summary.getName())
            .addMessageType(session)
            .addMessageType(event)
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[] {summary})
          .findMessageTypeByName("Event");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FieldDescriptorProto field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder().setName(name).setNumber(number).setType(type).build();
  }

  private static FieldDescriptorProto message(String name, int number, String type) {
    return field(name, number, FieldDescriptorProto.Type.TYPE_MESSAGE).toBuilder()
        .setTypeName(type)
        .build();
  }
}
