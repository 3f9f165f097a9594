package org.modelzoo.network;

import java.io.IOException;
import org.nd4j.shade.jackson.core.JsonParseException;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.core.StreamReadFeature;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/**
 * Reads a model's configuration, whoever wrote it. A tree takes some hundred bytes for what are
 * three in the text, {@code [],}, so the text is read over first, and only one that could be ours
 * becomes a tree.
 */
final class ModelJson {
  /** The deepest WideResNet, wrn-9994, has half as many. */
  static final int MOST_TOKENS = 4_000_000;

  /** Ours go ten deep. */
  private static final int DEEPEST = 100;

  /** Characters; reading a number takes time that grows with their square. */
  private static final int LONGEST_NUMBER = 40;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          // Of a key that stands there twice, DL4J might see the other one.
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonMapper SCAN = JsonMapper.builder().build();

  private ModelJson() {}

  /**
   * The tree of a text.
   *
   * @throws org.nd4j.shade.jackson.core.JsonProcessingException if it is no JSON, or none that a
   *     model of ours has
   */
  static JsonNode read(String text) throws IOException {
    try (JsonParser scan = SCAN.createParser(text)) {
      requireBounded(scan);
    }
    return JSON.readTree(text);
  }

  private static void requireBounded(JsonParser scan) throws IOException {
    int depth = 0;
    int tokens = 0;
    for (JsonToken token = scan.nextToken(); token != null; token = scan.nextToken()) {
      if (++tokens > MOST_TOKENS) {
        throw refused(scan, "more than %,d values and keys".formatted(MOST_TOKENS));
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth > DEEPEST) {
        throw refused(scan, "parts nested more than %d deep".formatted(DEEPEST));
      }
      if (token.isNumeric() && scan.getTextLength() > LONGEST_NUMBER) {
        throw refused(scan, "a number of %,d digits".formatted(scan.getTextLength()));
      }
    }
  }

  private static JsonParseException refused(JsonParser scan, String finding) {
    return new JsonParseException(scan, "its configuration has " + finding);
  }
}
