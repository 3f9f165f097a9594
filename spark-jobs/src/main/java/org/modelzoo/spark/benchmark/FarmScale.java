package org.modelzoo.spark.benchmark;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.farm.UnitContext;

/** Whether the slots of a farm are kept busy by units that do nothing but take their time. */
public final class FarmScale implements ScaleMeasurement {
  /**
   * Units before the clock runs, for each slot: Spark's first jobs load and compile its classes.
   */
  private static final int WARM_UP = 40;

  private final Farm farm;
  private final CaseSize size;

  /**
   * A measurement on a farm.
   *
   * @param units how many run
   * @param milliseconds how long each sleeps
   */
  public FarmScale(Farm farm, int units, int milliseconds) {
    this.farm = farm;
    this.size =
        CaseSize.of("units", units).and("slots", farm.slots()).and("milliseconds", milliseconds);
    run(farm.slots() * WARM_UP, milliseconds, "warm-up");
  }

  @Override
  public String name() {
    return "farm";
  }

  @Override
  public CaseSize size() {
    return size;
  }

  @Override
  public List<Axis> axes() {
    return List.of(new Axis("units", farm.slots()));
  }

  /** Units of two pools, as a zoo and its baseline would be; the nominal sleep counts as busy. */
  @Override
  public Cost measure(CaseSize size) {
    int milliseconds = size.get("milliseconds");
    try (HeapWatch heap = new HeapWatch()) {
      double seconds = run(size.get("units"), milliseconds, "case");
      double slept = size.get("units") * milliseconds / 1e3;
      return new Cost(
          seconds, Optional.of(slept / (size.get("slots") * seconds)), heap.mostMegabytes());
    }
  }

  private double run(int units, int milliseconds, String name) {
    long started = System.nanoTime();
    List<CompletableFuture<Integer>> futures =
        IntStream.range(0, units)
            .mapToObj(number -> farm.submit(new Sleeper(name, number, milliseconds)))
            .toList();
    futures.forEach(CompletableFuture::join);
    return (System.nanoTime() - started) / 1e9;
  }

  @Override
  public String target() {
    return "slots at least 95 % busy";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.busyShare().orElseThrow() >= 0.95;
  }

  /** A member that does not train. */
  private record Sleeper(String name, int number, int milliseconds) implements Unit<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public String id() {
      return "%s unit %d".formatted(name, number);
    }

    @Override
    public String pool() {
      return number % 2 == 0 ? "even" : "odd";
    }

    @Override
    public String description() {
      return "sleeps %d ms".formatted(milliseconds);
    }

    @Override
    public Integer run(UnitContext context) {
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return number;
    }
  }
}
