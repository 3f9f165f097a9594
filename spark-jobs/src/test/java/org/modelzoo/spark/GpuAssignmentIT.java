package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.MemberSize;
import org.modelzoo.spark.farm.PoisonedUnit;
import org.modelzoo.spark.farm.SparkFarm;

/** Who gets which card, on a real cluster whose worker has four made-up ones. */
@Tag("full")
class GpuAssignmentIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @TempDir private static Path directory;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = StandaloneCluster.startWithCards(directory, 4);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void membersWithAWholeCardShareNone() throws Exception {
    List<CardUnit.Seen> seen = run("1", 2, 1, 1, 2);

    assertThat(seen).allSatisfy(unit -> assertThat(unit.cards()).hasSize(1));
    assertThat(seen).allSatisfy(unit -> assertThat(unit.shared()).isEmpty());
    Map<String, Set<String>> cards = cardsOfExecutors(seen);
    assertThat(cards).hasSize(2).allSatisfy((executor, own) -> assertThat(own).hasSize(1));
    assertThat(distinct(cards)).hasSize(2).isSubsetOf("0", "1", "2", "3");
  }

  @Test
  void twoMembersWithHalfACardShareTheCardOfTheirExecutor() throws Exception {
    List<CardUnit.Seen> seen = run("0.5", 2, 2, 1, 4);

    assertThat(seen).allSatisfy(unit -> assertThat(unit.cards()).hasSize(1));
    Map<String, Set<String>> cards = cardsOfExecutors(seen);
    assertThat(cards).hasSize(2).allSatisfy((executor, own) -> assertThat(own).hasSize(1));
    assertThat(distinct(cards)).hasSize(2);
    // Four began before the first ended, on two cards.
    assertThat(seen.stream().filter(unit -> !unit.shared().isEmpty())).hasSizeGreaterThan(1);
  }

  @Test
  void membersWithTwoCardsShareNone() throws Exception {
    List<CardUnit.Seen> seen = run("2", 2, 1, 2, 2);

    assertThat(seen).allSatisfy(unit -> assertThat(unit.cards()).hasSize(2));
    assertThat(seen).allSatisfy(unit -> assertThat(unit.shared()).isEmpty());
    assertThat(distinct(cardsOfExecutors(seen))).containsExactlyInAnyOrder("0", "1", "2", "3");
  }

  @Test
  void membersOfOneExecutorWithSeveralCardsShareNone() throws Exception {
    List<CardUnit.Seen> seen = run("1", 1, 2, 2, 2);

    assertThat(seen).allSatisfy(unit -> assertThat(unit.cards()).hasSize(1));
    assertThat(seen).allSatisfy(unit -> assertThat(unit.shared()).isEmpty());
    Map<String, Set<String>> cards = cardsOfExecutors(seen);
    assertThat(cards).hasSize(1).allSatisfy((executor, own) -> assertThat(own).hasSize(2));
  }

  /** On an executor with one GPU and two cores. */
  @Test
  void membersWithoutACardTrainBesideThoseWithOne() throws Exception {
    String meeting = Files.createTempDirectory(directory, "meeting").toString();
    try (JavaSparkContext spark = new JavaSparkContext(conf("1", 1, 2, 1));
        SparkFarm farm = new SparkFarm(spark, 0)) {
      Farm onProcessors = farm.sized(new MemberSize(1, 0));
      CompletableFuture<CardUnit.Seen> one = farm.submit(new CardUnit(0, meeting, 2));
      CompletableFuture<CardUnit.Seen> other = onProcessors.submit(new CardUnit(1, meeting, 2));
      assertThat(one.join().cards()).hasSize(1);
      assertThat(other.join().cards()).isEmpty();
    }
  }

  @Test
  void anExecutorWhoseCardIsLostEndsAndItsUnitRunsOnAnother() throws Exception {
    Path runs = Files.createDirectory(directory.resolve("runs"));
    try (JavaSparkContext spark = new JavaSparkContext(conf("1", 1, 1, 1));
        SparkFarm farm = new SparkFarm(spark, 0)) {
      assertThat(farm.submit(new PoisonedUnit(runs.toString(), 2)).join()).isEqualTo(2);
    }
    try (Stream<Path> files = Files.list(runs)) {
      Set<String> executors = new HashSet<>();
      for (Path run : files.toList()) {
        executors.add(Files.readString(run));
      }
      assertThat(executors).as("those that lost a card").hasSize(2);
    }
  }

  /** Six units, of which so many run at once as the cluster has slots for. */
  private static List<CardUnit.Seen> run(
      String gpusPerMember, int executors, int cores, int gpusPerExecutor, int slots)
      throws Exception {
    Path meeting = Files.createTempDirectory(directory, "meeting");
    try (JavaSparkContext spark =
            new JavaSparkContext(conf(gpusPerMember, executors, cores, gpusPerExecutor));
        SparkFarm farm = new SparkFarm(spark, 0)) {
      List<CompletableFuture<CardUnit.Seen>> units =
          IntStream.range(0, 6)
              .mapToObj(number -> farm.submit(new CardUnit(number, meeting.toString(), slots)))
              .toList();
      List<CardUnit.Seen> seen = units.stream().map(CompletableFuture::join).toList();
      assertThat(farm.slots()).isEqualTo(slots);
      return seen;
    }
  }

  private static SparkConf conf(
      String gpusPerMember, int executors, int cores, int gpusPerExecutor) {
    return new SparkConf()
        .setMaster(cluster.master())
        .setAppName("cards")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.executor.memory", "512m")
        .set("spark.executor.cores", Integer.toString(cores))
        .set("spark.cores.max", Integer.toString(executors * cores))
        .set("spark.executor.resource.gpu.amount", Integer.toString(gpusPerExecutor))
        .set("spark.task.resource.gpu.amount", gpusPerMember)
        .set(
            "spark.executor.extraClassPath",
            TARGET.resolve("modelzoo-app.jar") + ":" + TARGET.resolve("test-classes"));
  }

  private static Map<String, Set<String>> cardsOfExecutors(List<CardUnit.Seen> seen) {
    return seen.stream()
        .collect(
            Collectors.groupingBy(
                CardUnit.Seen::executor,
                Collectors.flatMapping(unit -> unit.cards().stream(), Collectors.toSet())));
  }

  private static Set<String> distinct(Map<String, Set<String>> cards) {
    return cards.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
  }
}
