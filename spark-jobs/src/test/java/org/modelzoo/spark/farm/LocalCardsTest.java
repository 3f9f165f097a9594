package org.modelzoo.spark.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.spark.CardUnit;

/** Who gets which of made-up cards where Spark hands out none. */
class LocalCardsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"1, 0.25, 4", "1, 0.33, 3", "2, 0.5, 4", "3, 1, 3", "3, 2, 1", "4, 2, 2"})
  void haveRoomForAsManyTasksAsSparkWouldPutOnThem(int cards, double ofTask, int slots)
      throws Exception {
    LocalCards local = new LocalCards(cards, ofTask);
    assertThat(local.slots()).isEqualTo(slots);
    for (long task = 0; task < slots; task++) {
      assertThat(local.take(task)).hasSize((int) Math.ceil(ofTask));
    }
    CompletableFuture<List<String>> next =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return local.take(slots);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    TimeUnit.MILLISECONDS.sleep(50);
    assertThat(next).isNotDone();
    List<String> given = local.take(0);
    local.giveBack(0);
    assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(given);
  }

  @Test
  void tasksAreSpreadOverTheCards() throws Exception {
    LocalCards local = new LocalCards(2, 0.5);

    assertThat(List.of(local.take(1), local.take(2), local.take(3), local.take(4)))
        .containsExactly(List.of("0"), List.of("1"), List.of("0"), List.of("1"));
    local.giveBack(2);
    assertThat(local.take(5)).containsExactly("1");
  }

  @Test
  void aTaskThatAsksAgainHasWhatItHas() throws Exception {
    LocalCards local = new LocalCards(2, 1);

    assertThat(local.take(1)).isEqualTo(local.take(1));
    assertThat(local.take(2)).containsExactly("1");
    local.giveBack(1);
    local.giveBack(1);
    assertThat(local.take(3)).containsExactly("0");
  }

  @Test
  void limitTheUnitsOfALocalMaster() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[8]")
            .setAppName("cards")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1");
    LocalCards.add(conf, 2, 0.5);
    try (JavaSparkContext spark = new JavaSparkContext(conf);
        SparkFarm farm = new SparkFarm(spark, 0)) {
      assertThat(farm.slots()).isEqualTo(4);
      List<CompletableFuture<CardUnit.Seen>> units =
          IntStream.range(0, 6)
              .mapToObj(number -> farm.submit(new CardUnit(number, directory.toString(), 4)))
              .toList();
      List<CardUnit.Seen> seen = units.stream().map(CompletableFuture::join).toList();
      assertThat(seen).allSatisfy(unit -> assertThat(unit.cards()).hasSize(1));
      Set<String> cards =
          seen.stream().flatMap(unit -> unit.cards().stream()).collect(Collectors.toSet());
      assertThat(cards).containsExactlyInAnyOrder("0", "1");
      assertThat(seen.stream().filter(unit -> !unit.shared().isEmpty())).hasSizeGreaterThan(1);
    }
  }
}
