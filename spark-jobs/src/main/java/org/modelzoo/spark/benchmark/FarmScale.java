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
   * Units before the first clock runs, for each one of the measured: Spark's first jobs load its
   * classes, and the JVM goes on compiling them for thousands of jobs. They take a tenth of the
   * time.
   */
  private static final int FIRST_WARM_UP = 4;

  /** Units before the clock of every case: by then the heap has its working size. */
  private static final int WARM_UP = 25;

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
    run(units * FIRST_WARM_UP, Math.max(1, milliseconds / 10), "first");
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

  /**
   * Units of two pools, as a zoo and its baseline would be. A slot is busy while its unit's own
   * code runs, by the unit's clock. Nothing asks for collections: after one the JVM gives most of
   * the heap back, and the units would be measured with a smaller heap than those of a real run
   * have.
   */
  @Override
  public Cost measure(CaseSize size) {
    try (HeapWatch heap = new HeapWatch()) {
      run(size.get("slots") * WARM_UP, size.get("milliseconds"), "warm-up");
      long started = System.nanoTime();
      long busy = run(size.get("units"), size.get("milliseconds"), "case");
      long elapsed = System.nanoTime() - started;
      return new Cost(
          elapsed / 1e9,
          Optional.of((double) busy / size.get("slots") / elapsed),
          heap.mostSeenMegabytes());
    }
  }

  /** For how many nanoseconds the units ran, all together. */
  private long run(int units, int milliseconds, String name) {
    List<CompletableFuture<Long>> futures =
        IntStream.range(0, units)
            .mapToObj(number -> farm.submit(new Sleeper(name, number, milliseconds)))
            .toList();
    return futures.stream().mapToLong(CompletableFuture::join).sum();
  }

  @Override
  public String target() {
    return "slots at least 95 % busy";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.busyShare().orElseThrow() >= 0.95;
  }

  /** A member that does not train; it gives the nanoseconds that it took. */
  private record Sleeper(String name, int number, int milliseconds) implements Unit<Long> {
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
    public Long run(UnitContext context) {
      long started = System.nanoTime();
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return System.nanoTime() - started;
    }
  }
}
