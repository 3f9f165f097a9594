package org.modelzoo.board.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.modelzoo.store.Json;

/** Answers as JSON: names as in JavaScript, null for numbers that are none. */
final class ApiJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().addModule(Json.undefinedAsNull()).build();

  private ApiJson() {}

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a JSON value: " + value.getClass(), e);
    }
  }
}
