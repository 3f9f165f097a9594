package org.modelzoo.spark.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The published schema of Kubernetes' kinds. A field that it doesn't know is an error, as for the
 * API server with strict validation.
 */
final class KubernetesSchema {
  /** The schema describes these as programs hold them; JSON has texts, or numbers. */
  private static final Set<String> SCALARS =
      Set.of("kubernetes_resource_Quantity", "kubernetes_apimachinery_pkg_util_intstr_IntOrString");

  private final JsonNode schema;
  private final List<String> errors = new ArrayList<>();

  private KubernetesSchema(JsonNode schema) {
    this.schema = schema;
  }

  /** What in a manifest is not as its kind's schema says; empty where all is. */
  static List<String> errors(Manifest manifest) throws IOException {
    try (InputStream file =
        KubernetesSchema.class.getResourceAsStream("/kubernetes/schema-6.7.2.json")) {
      KubernetesSchema schema = new KubernetesSchema(new ObjectMapper().readTree(file));
      JsonNode kind = schema.schema.path("kinds").path(manifest.kind());
      if (kind.isMissingNode()) {
        return List.of("no schema of " + manifest.kind());
      }
      schema.check(manifest.content(), kind, manifest.kind());
      return schema.errors;
    }
  }

  private void check(JsonNode value, JsonNode rule, String place) {
    if (rule.has("$ref")) {
      String name = rule.path("$ref").asText().replaceFirst("^#/definitions/", "");
      if (!SCALARS.contains(name)) {
        check(value, schema.path("definitions").path(name), place);
      } else if (!value.isTextual() && !value.isInt()) {
        errors.add(place + " is no text and no number");
      }
      return;
    }
    boolean fits =
        switch (rule.path("type").asText()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "boolean" -> value.isBoolean();
          default -> throw new IllegalStateException(place + ": " + rule);
        };
    if (!fits) {
      errors.add(place + " is no " + rule.path("type").asText());
      return;
    }
    for (JsonNode element : value.isArray() ? value : List.<JsonNode>of()) {
      check(element, rule.path("items"), place + "[]");
    }
    if (rule.has("pattern") && !value.asText().matches(rule.path("pattern").asText())) {
      errors.add(place + " is not like " + rule.path("pattern").asText());
    }
    if (rule.has("maxLength") && value.asText().length() > rule.path("maxLength").asInt()) {
      errors.add(place + " is too long");
    }
    checkFields(value, rule, place);
  }

  private void checkFields(JsonNode value, JsonNode rule, String place) {
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode known = rule.path("properties").path(field.getKey());
      JsonNode other = rule.path("additionalProperties");
      if (known.isMissingNode() && other.isMissingNode()) {
        errors.add(place + " has no field " + field.getKey());
      } else {
        check(
            field.getValue(), known.isMissingNode() ? other : known, place + "." + field.getKey());
      }
    }
    for (Map.Entry<String, JsonNode> field : rule.path("properties").properties()) {
      if (field.getValue().path("required").asBoolean() && !value.has(field.getKey())) {
        errors.add(place + " lacks " + field.getKey());
      }
    }
  }
}
