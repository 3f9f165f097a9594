package org.modelzoo.spark.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairSharesTest {
  @Property(tries = 200)
  void slotTimeIsInProportionToTheWeightsHoweverLongUnitsAre(
      @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 9) Integer> weights,
      @ForAll @Size(value = 5) List<@DoubleRange(min = 0.1, max = 10) Double> seconds,
      @ForAll @IntRange(min = 1, max = 16) int slots,
      @ForAll Random random) {
    double[] used = new double[weights.size()];
    Cluster cluster = new Cluster(weights, slots);
    while (cluster.ended < 20_000) {
      Running unit = cluster.step(job -> seconds.get(job) * (0.5 + random.nextDouble()));
      used[unit.job()] += unit.seconds();
    }

    double all = weights.stream().mapToInt(Integer::intValue).sum();
    double time = 0;
    for (double each : used) {
      time += each;
    }
    for (int job = 0; job < used.length; job++) {
      assertThat(used[job] / time).isCloseTo(weights.get(job) / all, within(0.02));
    }
  }

  @Property(tries = 200)
  void nobodyWaitsForMoreTurnsThanItsWeightIsBehindTheOthers(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 9) Integer> weights,
      @ForAll @IntRange(min = 1, max = 16) int slots) {
    Cluster cluster = new Cluster(weights, slots);
    int[] since = new int[weights.size()];
    int all = weights.stream().mapToInt(Integer::intValue).sum();
    while (cluster.ended < 500) {
      cluster.step(job -> 1);
      for (int job = 0; job < since.length; job++) {
        since[job] = cluster.started.contains(job) ? 0 : since[job] + 1;
        assertThat((double) since[job])
            .isLessThanOrEqualTo((double) all / weights.get(job) + since.length);
      }
    }
  }

  @Test
  void whoWasAwaySavedNothingUp() {
    FairShares shares = new FairShares();
    shares.open("busy", 1);
    shares.open("away", 1);
    for (int i = 0; i < 100; i++) {
      shares.ended(shares.next(List.of("busy")), 1);
    }
    shares.comesBack("away");

    Map<String, Integer> turns = new LinkedHashMap<>();
    for (int i = 0; i < 10; i++) {
      FairShares.Turn turn = shares.next(List.of("busy", "away"));
      turns.merge(turn.job(), 1, Integer::sum);
      shares.ended(turn, 1);
    }

    assertThat(turns).containsEntry("busy", 5).containsEntry("away", 5);
  }

  @Test
  void theFirstSlotsAreSharedBeforeAnythingIsKnownOfTheUnits() {
    FairShares shares = new FairShares();
    shares.open("heavy", 3);
    shares.open("light", 1);

    List<String> turns = new ArrayList<>();
    for (int slot = 0; slot < 8; slot++) {
      turns.add(shares.next(List.of("heavy", "light")).job());
    }

    assertThat(turns).filteredOn("heavy"::equals).hasSize(6);
  }

  /** How long a unit of a job takes. */
  private interface Length {
    double of(int job);
  }

  private record Running(int job, double seconds, double ends, FairShares.Turn turn) {}

  /** Slots in made-up time, and jobs that always have units waiting. */
  private static final class Cluster {
    private final FairShares shares = new FairShares();
    private final PriorityQueue<Running> running =
        new PriorityQueue<>(Comparator.comparingDouble(Running::ends));
    private final List<String> jobs = new ArrayList<>();
    private final int slots;
    private final Set<Integer> started = new HashSet<>();
    private double now;
    private int ended;

    Cluster(List<Integer> weights, int slots) {
      this.slots = slots;
      for (int job = 0; job < weights.size(); job++) {
        jobs.add(Integer.toString(job));
        shares.open(jobs.get(job), weights.get(job));
      }
    }

    /** Starts what there is room for, and lets the first of them end. */
    Running step(Length length) {
      started.clear();
      while (running.size() < slots) {
        FairShares.Turn turn = shares.next(jobs);
        int job = Integer.parseInt(turn.job());
        started.add(job);
        double seconds = length.of(job);
        running.add(new Running(job, seconds, now + seconds, turn));
      }
      Running first = running.remove();
      now = first.ends();
      shares.ended(first.turn(), first.seconds());
      ended++;
      return first;
    }
  }
}
