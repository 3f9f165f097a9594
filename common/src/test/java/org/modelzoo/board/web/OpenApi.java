package org.modelzoo.board.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A description of an interface, which answers are held to. */
final class OpenApi {
  private final JsonNode root;

  private OpenApi(JsonNode root) {
    this.root = root;
  }

  static OpenApi read(String yaml) {
    return new OpenApi(
        new ObjectMapper()
            .valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml)));
  }

  List<String> paths() {
    List<String> paths = new ArrayList<>();
    root.path("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }

  void check(String path, JsonNode answer) {
    check(path, "get", answer);
  }

  void check(String path, String method, JsonNode answer) {
    JsonNode schema =
        root.path("paths")
            .path(path)
            .path(method)
            .path("responses")
            .path("200")
            .path("content")
            .path("application/json")
            .path("schema");
    assertThat(schema.isMissingNode()).as(path).isFalse();
    check(answer, schema, path);
  }

  void checkError(JsonNode answer) {
    check(answer, root.path("components").path("schemas").path("Error"), "error");
  }

  private void check(JsonNode value, JsonNode schema, String where) {
    if (schema.has("$ref")) {
      check(value, root.at(schema.path("$ref").asText().substring(1)), where);
      return;
    }
    if (value.isNull()) {
      assertThat(schema.path("nullable").asBoolean()).as(where + " may be null").isTrue();
      return;
    }
    if (schema.has("enum")) {
      assertThat(schema.path("enum")).as(where).contains(value);
    }
    switch (schema.path("type").asText()) {
      case "object" -> checkObject(value, schema, where);
      case "array" -> {
        assertThat(value.isArray()).as(where).isTrue();
        value.forEach(element -> check(element, schema.path("items"), where + "[]"));
      }
      case "string" -> assertThat(value.isTextual()).as(where).isTrue();
      case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
      case "number" -> assertThat(value.isNumber()).as(where).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
      default -> throw new AssertionError(where + " has no type: " + schema);
    }
  }

  private void checkObject(JsonNode value, JsonNode schema, String where) {
    assertThat(value.isObject()).as(where).isTrue();
    schema
        .path("required")
        .forEach(name -> assertThat(value.has(name.asText())).as(where + "." + name).isTrue());
    if (schema.has("properties")) {
      value
          .fields()
          .forEachRemaining(
              field -> {
                JsonNode property = schema.path("properties").path(field.getKey());
                assertThat(property.isMissingNode()).as(where + "." + field.getKey()).isFalse();
                check(field.getValue(), property, where + "." + field.getKey());
              });
    }
  }
}
