package org.modelzoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.modelzoo.store.Json;

class RunSummaryTest {
  private static final RunSummary ALONE =
      ReportFixtures.summary("isolated", 0.5, 0.75, null, Map.of());
  private static final RunSummary COMPARED =
      ReportFixtures.summary("zoo", 0.5, 0.75, 0.25, Map.of("isolated", 0.5));

  @Test
  void keysAreThoseThatScriptsRelyOn() throws IOException {
    JsonNode json = new ObjectMapper().readTree(Json.write(COMPARED));

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "format_version",
            "method",
            "experiment",
            "seed",
            "tasks",
            "rounds",
            "members",
            "diverged_members",
            "average_accuracy",
            "learning_accuracy",
            "forgetting",
            "backward_transfer",
            "per_task_accuracy",
            "train_images",
            "train_images_per_second",
            "wall_seconds",
            "cost",
            "baselines");
    assertThat(json.get("cost").toString())
        .isEqualTo(
            "{\"parameters\":7000,\"stored_images\":500,\"core_seconds\":12.5,\"card_seconds\":0.0}");
    assertThat(json.get("tasks").asInt()).isEqualTo(2);
    assertThat(json.get("rounds").asInt()).isEqualTo(3);
    assertThat(json.get("members").asInt()).isEqualTo(5);
    assertThat(json.get("train_images").asLong()).isEqualTo(3000);
    assertThat(json.get("average_accuracy").asDouble()).isEqualTo(0.625);
    assertThat(json.get("per_task_accuracy").toString())
        .isEqualTo("{\"birds\":0.5,\"trees, tall\":0.75}");
  }

  @Test
  void undefinedTransferIsNullAndNoBaselinesAreLeftOut() throws IOException {
    JsonNode json = new ObjectMapper().readTree(Json.write(ALONE));

    assertThat(json.get("backward_transfer").isNull()).isTrue();
    assertThat(json.has("baselines")).isFalse();
  }

  @Test
  void readAsWritten() throws IOException {
    for (RunSummary summary : new RunSummary[] {ALONE, COMPARED}) {
      RunSummary read =
          Json.read(
              Json.writeSealed(summary),
              RunSummary.class,
              RunSummary.FORMAT_VERSION,
              "summary.json");
      assertThat(read).isEqualTo(summary);
    }
  }
}
