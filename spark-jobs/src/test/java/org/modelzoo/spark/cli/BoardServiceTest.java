package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.modelzoo.spark.deploy.Manifest;
import org.modelzoo.spark.deploy.SecurityRules;
import picocli.CommandLine.ParseResult;

/** The board as a service of Kubernetes and Docker: what it may do, and that it would start. */
class BoardServiceTest {
  private static final Path DEPLOY = Path.of("").toAbsolutePath().resolveSibling("deploy");
  private static final String PROGRAM = "/opt/modelzoo/modelzoo-app.jar:/opt/spark/jars/*";

  private final Manifest deployment = Manifest.of("board.yaml", "Deployment").get(0);
  private final Manifest service = Manifest.of("board.yaml", "Service").get(0);
  private final JsonNode pod = deployment.content().at("/spec/template/spec");
  private final JsonNode container = pod.at("/containers/0");

  @Test
  void thePodHasNoPrivilegesAndWritesNothing() {
    SecurityRules.assertPod(pod.path("securityContext"));
    SecurityRules.assertContainer(container.path("securityContext"));
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(pod.path("containers")).hasSize(1);
    assertThat(deployment.content().at("/spec/replicas").asInt()).isEqualTo(1);
    for (JsonNode mount : container.path("volumeMounts")) {
      assertThat(mount.path("readOnly").asBoolean() || mount.path("name").asText().equals("tmp"))
          .as(mount.toString())
          .isTrue();
    }
    for (String bound : List.of("requests", "limits")) {
      assertThat(container.at("/resources/" + bound + "/cpu").asText()).isNotEmpty();
      assertThat(container.at("/resources/" + bound + "/memory").asText()).matches("[0-9]+[GM]i");
    }
  }

  @Test
  void thePodMountsTheRunsAndTheToken() {
    assertThat(Manifest.of("storage.yaml", "PersistentVolumeClaim").stream().map(Manifest::name))
        .contains(volume("runs").at("/persistentVolumeClaim/claimName").asText());
    assertThat(mountPath("runs"))
        .isEqualTo(options().matchedPositionalValue(0, List.of("")).get(0));
    assertThat(volume("token").at("/secret/secretName").asText()).isEqualTo("modelzoo-board");
    assertThat(options().matchedOptionValue("--token-file", Path.of("")))
        .isEqualTo(Path.of(mountPath("token"), "token"));
    // Of the group that the files get by fsGroup.
    assertThat(volume("token").at("/secret/defaultMode").asInt()).isEqualTo(0440);
  }

  @Test
  void thePodIsAskedWhetherItIsWellWhereItListens() {
    for (String probe : List.of("readinessProbe", "livenessProbe")) {
      JsonNode request = container.path(probe).path("httpGet");
      assertThat(request.path("path").asText()).isEqualTo("/healthz");
      assertThat(request.path("port").asText()).isEqualTo(container.at("/ports/0/name").asText());
    }
    assertThat(container.at("/ports/0/containerPort").asInt())
        .isEqualTo(options().matchedOptionValue("--port", 0));
    assertThat(options().matchedOptionValue("--host", "")).isEqualTo("0.0.0.0");
  }

  @Test
  void theServiceFindsThePodAndIsAnAllowedName() {
    assertThat(service.content().at("/spec/selector"))
        .isEqualTo(deployment.content().at("/spec/selector/matchLabels"))
        .isEqualTo(deployment.content().at("/spec/template/metadata/labels"));
    assertThat(service.content().at("/spec/ports/0/targetPort").asText())
        .isEqualTo(container.at("/ports/0/name").asText());
    String name = service.name();
    String inNamespace = name + "." + service.content().at("/metadata/namespace").asText();
    assertThat(options().matchedOptionValue("--allowed-host", List.<String>of()))
        .containsExactly(
            name, inNamespace, inNamespace + ".svc", inNamespace + ".svc.cluster.local");
  }

  @Test
  void theProgramIsTheImages() throws IOException {
    assertThat(texts(container.path("command")))
        .containsExactly("java", "-Xmx640m", "-cp", PROGRAM, ModelZoo.class.getName());
    assertThat(Files.readString(DEPLOY.resolve("docker/Dockerfile")))
        .contains("\"" + PROGRAM + "\", \"" + ModelZoo.class.getName() + "\"");
  }

  @Test
  void theLineForDockerStartsABoardThatOnlyThisMachineReaches() throws IOException {
    List<String> words = dockerLine();
    int image = words.indexOf("modelzoo:cpu");
    List<String> docker = words.subList(0, image);
    assertThat(docker)
        .contains("--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges")
        .contains("--publish=127.0.0.1:8710:8710", "--volume=/tmp/runs:/runs:ro")
        .as("its value is not on the command line, which others can read")
        .contains("--env=MODELZOO_BOARD_TOKEN")
        .as("the image's check looks for a process of Spark's")
        .contains("--no-healthcheck");
    List<String> program = words.subList(image + 1, words.size());
    assertThat(program.subList(0, 4))
        .containsExactly("java", "-cp", PROGRAM, ModelZoo.class.getName());
    ParseResult parsed = parsed(program.subList(4, program.size()));
    assertThat(parsed.matchedPositionalValue(0, List.of(""))).containsExactly("/runs");
    assertThat(parsed.matchedOptionValue("--host", "")).isEqualTo("0.0.0.0");
    assertThat(parsed.matchedOptionValue("--port", BoardCommand.DEFAULT_PORT)).isEqualTo(8710);
  }

  private static List<String> dockerLine() throws IOException {
    return Files.readString(DEPLOY.resolve("docker/README.md"))
        .replaceAll("\\\\\n *", "")
        .lines()
        .filter(line -> line.startsWith("docker run ") && line.contains(" board "))
        .map(line -> Arrays.asList(line.replace("'", "").split(" +", -1)))
        .findFirst()
        .orElseThrow();
  }

  private ParseResult options() {
    return parsed(texts(container.path("args")));
  }

  private static ParseResult parsed(List<String> arguments) {
    ParseResult parsed =
        ModelZoo.commandLine().parseArgs(arguments.toArray(String[]::new)).subcommand();
    assertThat(parsed.commandSpec().name()).isEqualTo("board");
    return parsed;
  }

  private JsonNode volume(String name) {
    return named(pod.path("volumes"), name);
  }

  private String mountPath(String name) {
    return named(container.path("volumeMounts"), name).path("mountPath").asText();
  }

  private static JsonNode named(JsonNode all, String name) {
    return StreamSupport.stream(all.spliterator(), false)
        .filter(it -> it.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
