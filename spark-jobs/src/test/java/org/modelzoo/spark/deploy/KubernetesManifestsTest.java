package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Accounts, rights, storage and pod templates. */
class KubernetesManifestsTest {
  private static final String NAMESPACE = "modelzoo";

  @ParameterizedTest
  @MethodSource("manifests")
  void belongToOneNamespace(Manifest manifest) {
    assertThat(manifest.content().path("apiVersion").asText()).isNotEmpty();
    if (manifest.kind().equals("Namespace")) {
      assertThat(manifest.name()).isEqualTo(NAMESPACE);
    } else if (!manifest.kind().equals("Pod")) {
      assertThat(manifest.name()).isNotEmpty();
      assertThat(manifest.content().at("/metadata/namespace").asText()).isEqualTo(NAMESPACE);
    }
  }

  /** The kinds of the Spark operator have no published schema among the build's packages. */
  @ParameterizedTest
  @MethodSource("kindsOfKubernetes")
  void areAsTheSchemaOfKubernetesSays(Manifest manifest) throws IOException {
    assertThat(KubernetesSchema.errors(manifest)).isEmpty();
    ObjectNode wrong = manifest.content().deepCopy();
    ((ObjectNode) wrong.path("metadata")).put("nmae", "a").put("labels", 3);
    assertThat(KubernetesSchema.errors(new Manifest(manifest.file(), wrong)))
        .containsExactlyInAnyOrder(
            manifest.kind() + ".metadata has no field nmae",
            manifest.kind() + ".metadata.labels is no object");
  }

  @Test
  void giveTheDriverOnlyWhatSparkNeeds() {
    Manifest role = Manifest.of("rbac.yaml", "Role").get(0);
    Set<String> resources = new TreeSet<>();
    for (JsonNode rule : role.content().path("rules")) {
      assertThat(texts(rule.path("apiGroups"))).containsExactly("");
      resources.addAll(texts(rule.path("resources")));
      assertThat(texts(rule.path("verbs")))
          .isSubsetOf("create", "get", "list", "watch", "patch", "delete", "deletecollection");
    }
    assertThat(resources).containsExactly("configmaps", "pods", "services");
  }

  @Test
  void giveNobodyElseAnything() {
    Manifest binding = Manifest.of("rbac.yaml", "RoleBinding").get(0);
    assertThat(binding.content().at("/roleRef/kind").asText()).isEqualTo("Role");
    assertThat(binding.content().at("/roleRef/name").asText())
        .isEqualTo(Manifest.of("rbac.yaml", "Role").get(0).name());
    JsonNode subjects = binding.content().path("subjects");
    assertThat(subjects).hasSize(1);
    assertThat(subjects.get(0).path("kind").asText()).isEqualTo("ServiceAccount");
    assertThat(subjects.get(0).path("name").asText()).isEqualTo("modelzoo-driver");
    assertThat(subjects.get(0).path("namespace").asText()).isEqualTo(NAMESPACE);
    Manifest executor =
        Manifest.of("rbac.yaml", "ServiceAccount").stream()
            .filter(account -> account.name().equals("modelzoo-executor"))
            .findFirst()
            .orElseThrow();
    assertThat(executor.content().path("automountServiceAccountToken").asBoolean(true)).isFalse();
  }

  @Test
  void keepRunsWhereAllPodsReachThem() {
    assertThat(Manifest.of("storage.yaml", "PersistentVolumeClaim"))
        .hasSize(2)
        .allSatisfy(
            claim -> {
              assertThat(texts(claim.content().at("/spec/accessModes")))
                  .containsExactly("ReadWriteMany");
              assertThat(claim.content().at("/spec/resources/requests/storage").asText())
                  .matches("[0-9]+Gi");
            });
  }

  @ParameterizedTest
  @MethodSource("templates")
  void describePodsWithoutPrivileges(Manifest template) {
    JsonNode spec = template.content().path("spec");
    SecurityRules.assertPod(spec.path("securityContext"));
    assertThat(spec.path("containers")).hasSize(1);
    JsonNode container = spec.path("containers").get(0);
    assertThat(template.file()).isEqualTo(role(container) + "-template.yaml");
    SecurityRules.assertContainer(container.path("securityContext"));
    assertThat(container.at("/livenessProbe/exec/command").get(0).asText())
        .isEqualTo("/opt/modelzoo/bin/alive");
  }

  @ParameterizedTest
  @MethodSource("templates")
  void mountWhatTheClusterHas(Manifest template) {
    JsonNode spec = template.content().path("spec");
    VolumeRules.assertVolumes(
        spec.path("volumes"), spec.path("containers").get(0).path("volumeMounts"));
  }

  /** Spark finds its container in a template by this name. */
  private static String role(JsonNode container) {
    return container.path("name").asText().replaceFirst("^spark-kubernetes-", "");
  }

  static List<Manifest> manifests() throws IOException {
    return Manifest.all();
  }

  static List<Manifest> kindsOfKubernetes() throws IOException {
    return Manifest.all().stream()
        .filter(manifest -> !manifest.kind().endsWith("SparkApplication"))
        .toList();
  }

  static Stream<Manifest> templates() {
    return Stream.of("driver-template.yaml", "executor-template.yaml")
        .flatMap(file -> Manifest.of(file, "Pod").stream());
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
