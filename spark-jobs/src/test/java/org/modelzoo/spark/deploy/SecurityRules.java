package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** What the security contexts of all pods must say: the Pod Security Standard "restricted". */
final class SecurityRules {
  private SecurityRules() {}

  /** Of a pod. */
  static void assertPod(JsonNode context) {
    assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(context.path("fsGroup").asInt()).isEqualTo(185);
    assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
  }

  /** Of a container. */
  static void assertContainer(JsonNode context) {
    assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(context.path("runAsUser").asInt()).as("the image's user").isEqualTo(185);
    assertThat(context.path("runAsGroup").asInt()).isEqualTo(185);
    assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(context.at("/capabilities/drop")).hasSize(1);
    assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(context.at("/capabilities/add").isMissingNode()).isTrue();
    assertThat(context.path("privileged").asBoolean()).isFalse();
    assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
  }
}
