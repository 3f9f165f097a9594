package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  record Example(
      int formatVersion, double trainLoss, List<Double> perTask, Map<String, Double> byName) {}

  @Test
  void keysAreSnakeCaseAndMapKeysStayAsTheyAre() {
    String json = write(new Example(1, 0.5, List.of(), Map.of("Task One", 1.0)));

    assertThat(json)
        .isEqualTo(
            """
            {
              "format_version" : 1,
              "train_loss" : 0.5,
              "per_task" : [ ],
              "by_name" : {
                "Task One" : 1.0
              }
            }
            """);
  }

  @Test
  void undefinedNumbersAreNull() throws IOException {
    Example example =
        new Example(
            1,
            Double.NaN,
            Arrays.asList(Double.NEGATIVE_INFINITY, 2.0),
            Map.of("a", Double.POSITIVE_INFINITY));

    assertThat(write(example))
        .contains("\"train_loss\" : null", "[ null, 2.0 ]", "\"a\" : null")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void unknownKeysOfTheSameVersionAreSkipped() throws IOException {
    Example read =
        read("{\"format_version\": 1, \"train_loss\": 2, \"later\": 3, \"per_task\": [null]}");

    assertThat(read.trainLoss()).isEqualTo(2);
    assertThat(read.perTask()).containsExactly((Double) null);
  }

  @Test
  void missingOrNullNumberIsDamage() {
    assertThatThrownBy(() -> read("{\"format_version\": 1}"))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageStartingWith("some.json is damaged: ");
    assertThatThrownBy(() -> read("{\"format_version\": 1, \"train_loss\": null}"))
        .isInstanceOf(DamagedFileException.class);
  }

  @Test
  void missingVersionIsDamage() {
    assertThatThrownBy(() -> read("{\"train_loss\": 1}"))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("some.json is damaged: it has no format_version");
  }

  @Test
  void newerVersionIsRefused() {
    assertThatThrownBy(() -> read("{\"format_version\": 7, \"train_loss\": {}}"))
        .matches(StoreFixtures::isDataError)
        .hasMessageStartingWith("some.json has format version 7, ");
  }

  private static String write(Example example) {
    return new String(Json.write(example), StandardCharsets.UTF_8);
  }

  private static Example read(String json) throws IOException {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), Example.class, 1, "some.json");
  }
}
