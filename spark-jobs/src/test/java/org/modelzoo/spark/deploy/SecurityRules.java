package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;

/**
 * What the security contexts of all pods must say, the Pod Security Standard "restricted", and what
 * Spark must be told of its processes' traffic.
 */
public final class SecurityRules {
  private SecurityRules() {}

  /** Settings of Spark, as Spark itself reads them. */
  static void assertTraffic(Map<String, String> settings) {
    assertThat(settings)
        .containsEntry("spark.authenticate", "true")
        .containsEntry("spark.io.encryption.enabled", "true");
    TransportConf transport = new TransportConf("rpc", new MapConfigProvider(settings));
    assertThat(transport.encryptionEnabled()).isTrue();
    assertThat(settings)
        .as("AES/GCM would stop all traffic, see AuthenticatedCipherTest")
        .doesNotContainKey("spark.network.crypto.cipher");
    assertThat(transport.authEngineVersion()).isEqualTo(2);
    assertThat(transport.saslFallback()).as("falls back to SASL").isFalse();
  }

  /** Of a pod. */
  public static void assertPod(JsonNode context) {
    assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(context.path("fsGroup").asInt()).isEqualTo(185);
    assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
  }

  /** Of a container. */
  public static void assertContainer(JsonNode context) {
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
