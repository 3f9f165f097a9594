package org.modelzoo.spark.farm;

import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Units and results as bytes. Java serialisation whatever {@code spark.serializer} says, because
 * Kryo can't build records. Deserialising makes objects of any class, so only bytes that this run's
 * own driver and executors sent each other in Spark's tasks come here, never a file; who else may
 * send to them is for Spark's {@code spark.authenticate} to decide.
 */
final class Wire {
  private Wire() {}

  static byte[] toBytes(Object value) {
    ByteBuffer buffer = serializer().serialize(value, anyClass());
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Reads what {@link #toBytes} wrote, with the classes of the application jar. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // The caller knows what was written.
  static <T> T fromBytes(byte[] bytes) {
    return serializer()
        .deserialize(
            ByteBuffer.wrap(bytes), Thread.currentThread().getContextClassLoader(), anyClass());
  }

  private static SerializerInstance serializer() {
    return new JavaSerializer(SparkEnv.get().conf()).newInstance();
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // A tag only tells the class apart at run time; any will do.
  private static <T> ClassTag<T> anyClass() {
    return (ClassTag<T>) ClassTag$.MODULE$.AnyRef();
  }
}
