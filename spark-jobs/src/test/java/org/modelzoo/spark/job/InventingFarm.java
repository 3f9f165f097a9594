package org.modelzoo.spark.job;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberPlan;

/**
 * A farm that trains nothing: members end after a random time, in any order, with predictions that
 * only their seeds determine.
 */
public final class InventingFarm implements Farm {
  private static final int CLASSES = 2;
  private static final int EXAMPLES = 6;
  private final ExecutorService slots;
  private final SplittableRandom pauses;
  private final Map<String, MemberOutcome> endings = new HashMap<>();
  private final Map<Integer, Integer> open = new ConcurrentHashMap<>();
  private final List<Set<Integer>> roundsInFlight = new ArrayList<>();
  private volatile long finishedMillis = 1;
  private Configuration hadoop = new Configuration();

  /**
   * A farm.
   *
   * @param timing seed of the times that members take
   */
  public InventingFarm(int slots, long timing) {
    this.slots = Executors.newFixedThreadPool(slots);
    this.pauses = new SplittableRandom(timing);
  }

  /**
   * Lets a member end otherwise than trained.
   *
   * @param member its id, of any method, or method and id
   */
  InventingFarm with(String member, MemberOutcome ending) {
    endings.put(member, ending);
    return this;
  }

  /** Lets members find their run directory by Hadoop's settings. */
  InventingFarm over(Configuration hadoop) {
    this.hadoop = hadoop;
    return this;
  }

  /** Sets the wall clock by which members say when they ended; all begin at 0. */
  public void wallClock(long millis) {
    finishedMillis = millis;
  }

  @Override
  public synchronized <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
    MemberUnit member = (MemberUnit) (Object) unit;
    int round = Integer.parseInt(member.plan().id().substring("round-".length(), 9));
    open.merge(round, 1, Integer::sum);
    roundsInFlight.add(new TreeSet<>(open.keySet()));
    long millis = pauses.nextInt(15);
    return CompletableFuture.supplyAsync(
        () -> {
          MemberOutcome outcome = train(member, millis);
          open.computeIfPresent(round, (key, count) -> count == 1 ? null : count - 1);
          @SuppressWarnings("unchecked") // A member's result is a MemberOutcome.
          R result = (R) outcome;
          return result;
        },
        slots);
  }

  private MemberOutcome train(MemberUnit unit, long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      MemberOutcome ending = endings.getOrDefault(unit.id(), endings.get(unit.plan().id()));
      if (ending != null) {
        return ending;
      }
      store(unit.plan(), RunDirectory.at(unit.runDirectory(), hadoop));
      return new MemberOutcome.Completed(List.of());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void store(MemberPlan plan, RunDirectory run) throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (int task : plan.tasks()) {
      for (Split split : plan.splits()) {
        blocks.add(block(task, split, new SplittableRandom(plan.seed() + 31L * task)));
      }
    }
    new MemberStore(run)
        .commit(
            plan.id(),
            out -> out.write(new byte[] {1}),
            new Predictions(blocks),
            (model, predictions) ->
                new MemberFile(
                    MemberFile.FORMAT_VERSION,
                    plan.id(),
                    plan.tasks(),
                    plan.seed(),
                    10,
                    0,
                    finishedMillis,
                    List.of(),
                    model,
                    predictions));
  }

  private static Block block(int task, Split split, SplittableRandom random) {
    short[] labels = new short[EXAMPLES];
    float[] probabilities = new float[EXAMPLES * CLASSES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = (short) (i % CLASSES);
      probabilities[CLASSES * i] = (float) random.nextDouble();
      probabilities[CLASSES * i + 1] = 1 - probabilities[CLASSES * i];
    }
    return new Block(task, split, CLASSES, labels, probabilities);
  }

  /** For every member submitted, the rounds that had members on the farm just then. */
  List<Set<Integer>> roundsInFlight() {
    return roundsInFlight;
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public void close() {
    slots.shutdown();
  }
}
