package org.modelzoo.spark.tracker;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.ByteString;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.SummaryMetadata;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;

/**
 * An event file of TensorBoard: TensorFlow's records (length, checksum, content, checksum) of its
 * {@code Event} messages. ND4J brings the protobuf classes of all that is in them but for the event
 * itself, whose few fields are written here by their numbers in {@code event.proto}.
 */
final class EventFile {
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;

  /** {@code SessionLog { status: START }}. */
  private static final byte[] START = {1 << 3, 1};

  private static final int MASK_DELTA = 0xa282ead8;

  private final double wallTime;
  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  /**
   * A file without values.
   *
   * @param wallTime of its events, seconds since 1970
   */
  EventFile(double wallTime) {
    this.wallTime = wallTime;
    event(0, out -> out.writeString(FILE_VERSION, "brain.Event:2"));
  }

  /** Says that what earlier files hold from this step on is not valid any more. */
  void restart(long step) {
    event(step, out -> out.writeByteArray(SESSION_LOG, START));
  }

  void scalar(String tag, long step, double value) {
    value(step, Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value));
  }

  void histogram(String tag, long step, HistogramProto histogram) {
    value(step, Summary.Value.newBuilder().setTag(tag).setHisto(histogram));
  }

  /** An image as PNG. */
  void image(String tag, long step, int height, int width, int channels, byte[] png) {
    value(
        step,
        Summary.Value.newBuilder()
            .setTag(tag)
            .setImage(
                Summary.Image.newBuilder()
                    .setHeight(height)
                    .setWidth(width)
                    .setColorspace(channels)
                    .setEncodedImageString(ByteString.copyFrom(png))));
  }

  /** A message for a plugin, which reads it from the description of an empty tensor. */
  void message(String tag, String plugin, byte[] message) {
    value(
        0,
        Summary.Value.newBuilder()
            .setTag(tag)
            .setMetadata(
                SummaryMetadata.newBuilder()
                    .setPluginData(
                        SummaryMetadata.PluginData.newBuilder()
                            .setPluginName(plugin)
                            .setContent(ByteString.copyFrom(message))))
            .setTensor(
                TensorProto.newBuilder()
                    .setDtype(DataType.DT_FLOAT)
                    .setTensorShape(
                        TensorShapeProto.newBuilder()
                            .addDim(TensorShapeProto.Dim.newBuilder().setSize(0)))));
  }

  private void value(long step, Summary.Value.Builder value) {
    Summary summary = Summary.newBuilder().addValue(value).build();
    event(step, out -> out.writeMessage(SUMMARY, summary));
  }

  private void event(long step, ProtoFields content) {
    record(
        ProtoFields.of(
            out -> {
              out.writeDouble(WALL_TIME, wallTime);
              out.writeInt64(STEP, step);
              content.writeTo(out);
            }));
  }

  private void record(byte[] content) {
    byte[] length = littleEndian(Long.BYTES).putLong(content.length).array();
    records.writeBytes(length);
    records.writeBytes(littleEndian(Integer.BYTES).putInt(maskedChecksum(length)).array());
    records.writeBytes(content);
    records.writeBytes(littleEndian(Integer.BYTES).putInt(maskedChecksum(content)).array());
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** CRC32C, turned, so that the checksum of a content that holds checksums is worth something. */
  static int maskedChecksum(byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
  }

  byte[] toBytes() {
    return records.toByteArray();
  }
}
