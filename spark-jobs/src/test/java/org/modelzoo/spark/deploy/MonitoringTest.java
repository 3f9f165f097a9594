package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.modelzoo.spark.event.Place;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.progress.MetricsPlugin;
import org.modelzoo.spark.progress.ProgressModel;
import org.modelzoo.spark.progress.RunMetrics;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberProgress;

/** What a driver tells Prometheus, and what the files of deploy/monitoring ask for. */
class MonitoringTest {
  private static final Path FILES = Path.of("../deploy/monitoring");
  private static final String PREFIX =
      "metrics_modelzoo_driver_plugin_org_modelzoo_spark_progress_MetricsPlugin_";
  private static final Pattern OURS = Pattern.compile(PREFIX + "([A-Za-z_]+)");

  @Test
  void theDriverTellsWhatDashboardAndAlertsAskFor() throws Exception {
    String page = page();

    assertThat(page)
        .contains(PREFIX + "runs_active_Value{type=\"gauges\"} 1.0")
        .contains(PREFIX + "rounds_planned_Value{type=\"gauges\"} 4.0")
        .contains(PREFIX + "rounds_done_Value{type=\"gauges\"} 1.0")
        .contains(PREFIX + "accuracy_Value{type=\"gauges\"} 0.75")
        .contains(PREFIX + "members_waiting_Value{type=\"gauges\"} 1.0")
        .contains(PREFIX + "members_training_Value{type=\"gauges\"} 0.0")
        .contains(PREFIX + "rounds_committed_Count{type=\"counters\"} 1")
        .contains(PREFIX + "members_completed_Count{type=\"counters\"} 1")
        .contains(PREFIX + "members_diverged_Count{type=\"counters\"} 1")
        .contains(PREFIX + "members_retried_Count{type=\"counters\"} 1")
        .contains(PREFIX + "members_handedback_Count{type=\"counters\"} 1")
        // From 500 back to 320; what continues from 480 repeats nothing.
        .contains(PREFIX + "images_repeated_Count{type=\"counters\"} 180");
    Set<String> told = names(page);
    String dashboard = Files.readString(FILES.resolve("grafana-dashboard.json"));
    assertThat(new ObjectMapper().readTree(dashboard).path("panels")).isNotEmpty();
    assertThat(told).containsAll(names(dashboard));
    String alerts = Files.readString(FILES.resolve("alerts.yaml"));
    assertThat(names(alerts)).isNotEmpty();
    assertThat(told).containsAll(names(alerts));
  }

  @Test
  void theDocumentationNamesThemAll() throws Exception {
    Set<String> told =
        names(page()).stream()
            .filter(name -> !name.endsWith("_Number")) // Spark tells every gauge twice.
            .collect(Collectors.toSet());

    Set<String> documented =
        Pattern.compile("^\\| `([A-Za-z_]+_(?:Value|Count))` ", Pattern.MULTILINE)
            .matcher(Files.readString(FILES.resolve("README.md")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toSet());
    assertThat(documented).isEqualTo(told);
  }

  private static Set<String> names(String text) {
    return OURS.matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a driver tells while two members of a round have ended and one waits. */
  private static String page() throws IOException, InterruptedException {
    ProgressModel model = new ProgressModel();
    RunMetrics metrics = new RunMetrics(model);
    MetricsPlugin.use(metrics);
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("monitoring")
            .set("spark.ui.port", "0")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.metrics.namespace", "modelzoo")
            .set("spark.metrics.conf", FILES.resolve("metrics.properties").toString())
            .set("spark.plugins", MetricsPlugin.class.getName());
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      for (RunEvent event : events()) {
        model.on(event);
        metrics.on(event);
      }
      URI page = URI.create(spark.sc().uiWebUrl().get() + "/metrics/prometheus/");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  private static RunEvent progressed(long images, long before) {
    return new RunEvent.MemberProgressed(
        "zoo",
        "b",
        new MemberProgress(1, 2, images, before, 1000, 1, 0.5, 100),
        new Place("executor 1", "cpu"));
  }

  private static List<RunEvent> events() {
    return List.of(
        new RunEvent.Started("zoo", "/runs/x", 4, 0, OptionalLong.of(1000)),
        new RunEvent.RoundStarted(
            "zoo",
            0,
            4,
            List.of(
                new RunEvent.PlannedMember("a", List.of("one")),
                new RunEvent.PlannedMember("b", List.of("two")),
                new RunEvent.PlannedMember("c", List.of("three")))),
        new RunEvent.ClusterNote(RunEvent.ClusterNote.Kind.RETRY, "b was lost"),
        new RunEvent.ClusterNote(RunEvent.ClusterNote.Kind.HAND_BACK, "b was handed back"),
        progressed(500, 0),
        progressed(400, 320),
        progressed(480, 320),
        progressed(560, 480),
        new RunEvent.MemberFinished("zoo", "a", new MemberOutcome.Completed(List.of())),
        new RunEvent.MemberFinished("zoo", "b", new MemberOutcome.Diverged(1, 2, Double.NaN, 0.1)),
        new RunEvent.RoundCommitted("zoo", new RunEvent.RoundScores(0, 4, 0.75, List.of())));
  }
}
