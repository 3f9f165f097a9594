package org.modelzoo.board.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param type of the content
 * @param headers beside those that every answer has
 */
record Answer(int status, String type, byte[] content, Map<String, String> headers) {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  static Answer json(Object value) {
    return new Answer(200, JSON, ApiJson.bytes(value), Map.of());
  }

  static Answer text(String text) {
    return of(TEXT, text.getBytes(UTF_8));
  }

  static Answer of(String type, byte[] content) {
    return new Answer(200, type, content, Map.of());
  }

  /** A file to be saved under a name, which must be free of quotes. */
  static Answer download(String type, String name, byte[] content) {
    return of(type, content).with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  static Answer error(int status, String message) {
    return new Answer(status, JSON, ApiJson.bytes(Map.of("error", message)), Map.of());
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, content, more);
  }
}
