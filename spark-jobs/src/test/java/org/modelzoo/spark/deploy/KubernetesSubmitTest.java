package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.spark.cli.ModelZoo;

/** The command that goes to Kubernetes, where {@code KubernetesClusterIT} sends it. */
class KubernetesSubmitTest {
  @TempDir private Path directory;

  @Test
  void submitsADriverInItsPod() throws Exception {
    SubmitCommand command = submit("--executor-memory", "2g", "--", "train", "--set", "a=b");
    assertThat(command.option("--master")).containsExactly("k8s://https://host:6443");
    assertThat(command.option("--deploy-mode")).containsExactly("cluster");
    assertThat(command.option("--class")).containsExactly(ModelZoo.class.getName());
    assertThat(command.option("--executor-memory")).containsExactly("2g");
    assertThat(command.conf("spark.executor.failuresValidityInterval")).containsExactly("1h");
    assertThat(command.conf("spark.kubernetes.namespace")).containsExactly("modelzoo");
    assertThat(command.conf("spark.kubernetes.container.image")).containsExactly("modelzoo:1");
    assertThat(command.application())
        .containsExactly("local:///opt/modelzoo/modelzoo-app.jar", "train", "--set", "a=b");
    assertThat(command.words()).noneMatch(word -> word.contains("gpu"));
  }

  @Test
  void submitsADriverHere() throws Exception {
    SubmitCommand command = submit("--deploy-mode", "client", "--", "train", "--set", "a=b");
    assertThat(command.option("--deploy-mode")).containsExactly("client");
    assertThat(command.conf("spark.driver.extraJavaOptions")).isEmpty();
    assertThat(command.conf("spark.kubernetes.driver.podTemplateFile")).isEmpty();
    assertThat(command.application().get(0)).endsWith("/spark-jobs/target/modelzoo-app.jar");
    SecurityRules.assertTraffic(command.settings());
  }

  @Test
  void usesTheManifestsBesideIt() throws Exception {
    SubmitCommand command = submit("--", "train");
    List<String> accounts =
        Manifest.of("rbac.yaml", "ServiceAccount").stream().map(Manifest::name).toList();
    for (String role : List.of("driver", "executor")) {
      assertThat(accounts)
          .containsAll(
              command.conf("spark.kubernetes.authenticate." + role + ".serviceAccountName"));
      assertThat(command.conf("spark.kubernetes." + role + ".podTemplateFile"))
          .singleElement()
          .satisfies(template -> assertThat(Path.of(template)).exists());
      assertThat(command.conf("spark." + role + ".extraJavaOptions"))
          .containsExactly("-Dorg.bytedeco.javacpp.cachedir=/opt/modelzoo/natives");
    }
  }

  @Test
  void protectsWhatSparkSends() throws Exception {
    SecurityRules.assertTraffic(submit("--", "train").settings());
  }

  @Test
  void saysTheSameAsTheOperatorsManifest() throws Exception {
    Manifest application = Manifest.of("spark-application-gpu.yaml", "SparkApplication").get(0);
    SubmitCommand command = submit("--gpus-per-executor", "1", "--", "train");
    application
        .application()
        .get("sparkConf")
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().equals("spark.task.cpus")) {
                assertThat(command.conf(entry.getKey()))
                    .as(entry.getKey())
                    .containsExactly(entry.getValue().asText());
              }
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--image a -- train                                  | --master wants the API server",
        "--master yarn --image a -- train                    | --master wants the API server",
        "--master k8s://https://host -- train                | --image is missing",
        "--master k8s://https://host --image a train         | two dashes",
        "--master k8s://https://host --image a --deploy-mode here -- train | is cluster or client",
        "--master k8s://https://host --image a --gpus-per-member 1 -- train | as well",
        "--master k8s://https://host --image a -- train      | there is no spark-submit",
      })
  void saysWhatIsWrong(String arguments, String message) throws Exception {
    DeployProgram.Result refused =
        new DeployProgram(directory, Map.of()).run("kubernetes/submit", arguments.split(" "));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).startsWith("submit: ").contains(message);
  }

  private SubmitCommand submit(String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("--master", "k8s://https://host:6443", "--image", "modelzoo:1"));
    all.addAll(List.of(arguments));
    return SubmitCommand.of(directory, "kubernetes/submit", all.toArray(String[]::new));
  }
}
