package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SweepLoader;
import org.modelzoo.spark.cli.ModelZoo;

/** The manifests for the Spark operator, held against its API; no operator sees them. */
class SparkApplicationsTest {
  private static final Path CONF = DeployProgram.DEPLOY.resolveSibling("conf");

  // Fields of sparkoperator.k8s.io/v1beta2 that make sense here.
  private static final Set<String> FIELDS =
      Set.of(
          "type",
          "mode",
          "sparkVersion",
          "image",
          "imagePullPolicy",
          "mainClass",
          "mainApplicationFile",
          "arguments",
          "restartPolicy",
          "sparkConf",
          "volumes",
          "driver",
          "executor");
  private static final Set<String> POD_FIELDS =
      Set.of(
          "cores",
          "memory",
          "memoryOverhead",
          "serviceAccount",
          "javaOptions",
          "configMaps",
          "volumeMounts",
          "podSecurityContext",
          "securityContext",
          "gpu",
          "tolerations",
          "instances");
  private static final Set<String> SCHEDULE_FIELDS =
      Set.of(
          "schedule",
          "timeZone",
          "concurrencyPolicy",
          "successfulRunHistoryLimit",
          "failedRunHistoryLimit",
          "template");

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("applications")
  void speakTheOperatorsLanguage(Manifest manifest) {
    assertThat(manifest.content().path("apiVersion").asText())
        .isEqualTo("sparkoperator.k8s.io/v1beta2");
    JsonNode application = manifest.application();
    assertThat(fields(application)).isSubsetOf(FIELDS);
    assertThat(fields(application.path("driver"))).isSubsetOf(POD_FIELDS);
    assertThat(fields(application.path("executor"))).isSubsetOf(POD_FIELDS);
    assertThat(application.path("type").asText()).isEqualTo("Java");
    assertThat(application.path("mode").asText()).isEqualTo("cluster");
    for (JsonNode setting : application.path("sparkConf")) {
      assertThat(setting.isTextual()).as(setting.toString()).isTrue();
    }
    for (String pod : List.of("driver", "executor")) {
      assertThat(application.path(pod).path("cores").isInt()).isTrue();
      assertThat(application.path(pod).path("memory").asText()).matches("[0-9]+[mg]");
      assertThat(application.path(pod).path("memoryOverhead").asText()).matches("[0-9]+[mg]");
    }
  }

  @ParameterizedTest
  @MethodSource("applications")
  void runThisProgramWithThisSpark(Manifest manifest) {
    JsonNode application = manifest.application();
    assertThat(application.path("mainClass").asText()).isEqualTo(ModelZoo.class.getName());
    assertThat(application.path("sparkVersion").asText())
        .isEqualTo(org.apache.spark.package$.MODULE$.SPARK_VERSION());
    assertThat(application.path("mainApplicationFile").asText())
        .isEqualTo("local:///opt/modelzoo/modelzoo-app.jar");
  }

  @ParameterizedTest
  @MethodSource("applications")
  void startAgainAndContinue(Manifest manifest) {
    JsonNode restart = manifest.application().path("restartPolicy");
    assertThat(restart.path("type").asText()).isEqualTo("OnFailure");
    assertThat(restart.path("onFailureRetries").asInt()).isPositive();
    assertThat(restart.path("onFailureRetryInterval").asInt()).isPositive();
    assertThat(restart.path("onSubmissionFailureRetries").asInt()).isPositive();
    assertThat(restart.path("onSubmissionFailureRetryInterval").asInt()).isPositive();
    assertThat(arguments(manifest))
        .as("--fresh would begin another run each time")
        .doesNotContain("--fresh");
    assertThat(arguments(manifest).get(0)).isIn("train", "sweep");
  }

  @Test
  void runOneAtATimeWhereTheyAreScheduled() {
    Manifest scheduled =
        Manifest.of("scheduled-spark-application.yaml", "ScheduledSparkApplication").get(0);
    JsonNode spec = scheduled.content().path("spec");
    assertThat(fields(spec)).isSubsetOf(SCHEDULE_FIELDS);
    assertThat(spec.path("concurrencyPolicy").asText()).isEqualTo("Forbid");
    assertThat(spec.path("schedule").asText().split(" ")).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("applications")
  void haveNoPrivileges(Manifest manifest) {
    List<String> accounts =
        Manifest.of("rbac.yaml", "ServiceAccount").stream().map(Manifest::name).toList();
    for (String role : List.of("driver", "executor")) {
      JsonNode pod = manifest.application().path(role);
      SecurityRules.assertPod(pod.path("podSecurityContext"));
      SecurityRules.assertContainer(pod.path("securityContext"));
      assertThat(pod.path("serviceAccount").asText()).isEqualTo("modelzoo-" + role);
      assertThat(accounts).contains(pod.path("serviceAccount").asText());
    }
    JsonNode settings = manifest.application().path("sparkConf");
    SecurityRules.assertTraffic(texts(settings));
    assertThat(settings.path("spark.kubernetes.driver.ownPersistentVolumeClaim").asText())
        .as("the driver's role knows no claims")
        .isEqualTo("false");
  }

  @ParameterizedTest
  @MethodSource("applications")
  void mountWhatTheClusterHas(Manifest manifest) {
    JsonNode application = manifest.application();
    VolumeRules.assertVolumes(application.path("volumes"), application.at("/driver/volumeMounts"));
    VolumeRules.assertVolumes(
        application.path("volumes"), application.at("/executor/volumeMounts"));
    JsonNode map = application.at("/driver/configMaps/0");
    assertThat(map.path("name").asText()).isEqualTo(configMap().name());
    assertThat(map.path("path").asText()).isEqualTo("/etc/modelzoo");
  }

  @ParameterizedTest
  @MethodSource("applications")
  void nameConfigurationThatIsValid(Manifest manifest) throws IOException {
    List<Path> files = configuration(manifest);
    boolean sweep = arguments(manifest).get(0).equals("sweep");
    ModelZooConfig config =
        (sweep
                ? SweepLoader.load(files, List.of()).experiments().get(0).config()
                : ConfigLoader.load(files, List.of()))
            .values();
    assertThat(config.output().directory()).startsWith("file:///runs");
    assertThat(config.training().checkpointEvery()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("applications")
  void useAllSlotsOfAnExecutor(Manifest manifest) {
    JsonNode executor = manifest.application().path("executor");
    JsonNode settings = manifest.application().path("sparkConf");
    int cpus = Integer.parseInt(settings.path("spark.task.cpus").asText());
    assertThat(executor.path("cores").asInt() % cpus).isZero();
    int slots = executor.path("cores").asInt() / cpus;
    if (!executor.has("gpu")) {
      assertThat(fields(settings)).noneMatch(key -> key.contains("gpu"));
      return;
    }
    int cards = executor.at("/gpu/quantity").asInt();
    assertThat(settings.path("spark.executor.resource.gpu.amount").asInt()).isEqualTo(cards);
    assertThat(settings.path("spark.executor.resource.gpu.vendor").asText() + "/gpu")
        .isEqualTo(executor.at("/gpu/name").asText());
    double ofTask = Double.parseDouble(settings.path("spark.task.resource.gpu.amount").asText());
    assertThat(cards / ofTask).isEqualTo(slots);
    assertThat(settings.path("spark.executor.resource.gpu.discoveryScript").asText())
        .isEqualTo("/opt/modelzoo/bin/discover-gpus");
    assertThat(executor.at("/tolerations/0/key").asText())
        .isEqualTo(executor.at("/gpu/name").asText());
    assertThat(manifest.application().path("driver").has("gpu")).isFalse();
  }

  static List<Manifest> applications() throws IOException {
    List<Manifest> found =
        Manifest.all().stream()
            .filter(manifest -> manifest.kind().endsWith("SparkApplication"))
            .toList();
    assertThat(found).hasSize(3);
    return found;
  }

  /** The files that the driver reads, where they are here. */
  private List<Path> configuration(Manifest manifest) throws IOException {
    List<String> words = arguments(manifest);
    List<Path> files = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i - 1).equals("--config")) {
        files.add(here(words.get(i)));
      }
    }
    assertThat(files).hasSize(2);
    return files;
  }

  private Path here(String file) throws IOException {
    String ofImage = "/opt/modelzoo/conf/";
    if (file.startsWith(ofImage)) {
      return CONF.resolve(file.substring(ofImage.length()));
    }
    String key = file.replaceFirst("^/etc/modelzoo/", "");
    JsonNode data = configMap().content().path("data");
    assertThat(fields(data)).contains(key);
    return Files.writeString(directory.resolve(key), data.path(key).asText());
  }

  private static Manifest configMap() {
    return Manifest.of("config.yaml", "ConfigMap").get(0);
  }

  private static List<String> arguments(Manifest manifest) {
    return StreamSupport.stream(manifest.application().path("arguments").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  private static Set<String> fields(JsonNode object) {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      names.add(field.getKey());
    }
    return names;
  }
}
