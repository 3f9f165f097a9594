package org.modelzoo.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Records as JSON files: snake_case keys, a {@code format_version}, newer files refused in words.
 * JSON knows neither NaN nor infinity: both are written as null. A record whose constructor refuses
 * nulls is damaged where the file lacks the key; so is one without a key of a primitive component.
 */
public final class Json {
  /** Files of older format versions have no checksum inside. */
  static final int SEALED_SINCE = 2;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // The same numbers; a large run's rounds are some ten million of them.
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .addModule(undefinedAsNull())
          .build();

  private Json() {}

  /** Writes numbers that JSON doesn't know as null. */
  public static SimpleModule undefinedAsNull() {
    return new SimpleModule()
        .addSerializer(double.class, new UndefinedAsNull())
        .addSerializer(Double.class, new UndefinedAsNull());
  }

  /** The record as indented UTF-8 text with a final newline. */
  public static byte[] write(Object value) {
    try {
      return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a JSON value: " + value.getClass(), e);
    }
  }

  /** As {@link #write}, with a checksum of the whole file as the last key, {@code sha256}. */
  public static byte[] writeSealed(Object value) {
    return Seal.put(write(value));
  }

  /** The record as one line of UTF-8 text, for files with a record a line. */
  public static byte[] writeLine(Object value) {
    try {
      String line =
          MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
      return (line + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a JSON value: " + value.getClass(), e);
    }
  }

  /**
   * Reads a record. A checksum of {@link #writeSealed} must be right where there is one; sealed
   * records have one from format version {@value #SEALED_SINCE} on.
   *
   * @param supported the newest {@code format_version} this program reads
   * @param file its name, for messages
   * @throws DamagedFileException if it is no such record
   * @throws org.modelzoo.base.ModelZooException (data) if it is newer than this program
   */
  public static <T> T read(byte[] content, Class<T> type, int supported, String file)
      throws DamagedFileException {
    boolean sealed = Seal.isOn(content);
    if (sealed) {
      // First of all: a newer program seals its files in the same way.
      Seal.require(content, file);
    }
    try {
      JsonNode tree = MAPPER.readTree(content);
      int version = tree.path("format_version").asInt(-1);
      FormatVersion.require(version, supported, file);
      if (version < 1) {
        throw new DamagedFileException(file, "it has no format_version");
      }
      if (!sealed && version >= SEALED_SINCE && Sealed.class.isAssignableFrom(type)) {
        throw new DamagedFileException(file, "it has no checksum");
      }
      return MAPPER.treeToValue(tree, type);
    } catch (DamagedFileException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new DamagedFileException(file, e.getOriginalMessage());
    } catch (IOException e) {
      throw new DamagedFileException(file, e.getMessage());
    }
  }

  private static final class UndefinedAsNull extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider serializers)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }
}
