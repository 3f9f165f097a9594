package org.modelzoo.spark.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One thing that is measured, at any size. Runs on the driver. */
public interface ScaleMeasurement {
  /** Its name in tables and JSON. */
  String name();

  /** The whole case. */
  CaseSize size();

  /** The numbers that the cost may grow with, each with the least that makes sense. */
  List<Axis> axes();

  /** Measures a case. */
  Cost measure(CaseSize size);

  /** What the whole case is to keep, as it is shown. */
  String target();

  /** Whether a cost keeps the target. */
  boolean met(Cost cost);

  /** A number that the cost may grow with, by its name in the size. */
  record Axis(String name, int least) {}

  /**
   * What a case cost.
   *
   * @param seconds wall time
   * @param busyShare share of the slots' time that units filled, for the farm
   * @param heapMegabytes the most that was alive on the Java heap
   * @param milliseconds what else was timed, by its name; mostly nothing
   */
  record Cost(
      double seconds,
      Optional<Double> busyShare,
      long heapMegabytes,
      SortedMap<String, Double> milliseconds) {
    public Cost {
      milliseconds = Collections.unmodifiableSortedMap(new TreeMap<>(milliseconds));
    }

    Cost(double seconds, Optional<Double> busyShare, long heapMegabytes) {
      this(seconds, busyShare, heapMegabytes, new TreeMap<>());
    }
  }

  /**
   * Measures smaller cases along every axis, then the whole.
   *
   * @param finished hears each result as soon as it is there
   */
  default List<ScaleResult> run(Consumer<ScaleResult> finished) {
    List<ScaleResult> results = new ArrayList<>();
    for (Axis axis : axes()) {
      for (CaseSize smaller : size().smaller(axis.name(), axis.least())) {
        ScaleResult result = result(Optional.of(axis.name()), smaller);
        results.add(result);
        finished.accept(result);
      }
    }
    results.add(runWhole(finished));
    return results;
  }

  /**
   * Measures the whole case alone.
   *
   * @param finished hears the result
   */
  default ScaleResult runWhole(Consumer<ScaleResult> finished) {
    ScaleResult result = result(Optional.empty(), size());
    finished.accept(result);
    return result;
  }

  private ScaleResult result(Optional<String> grown, CaseSize size) {
    Cost cost = measure(size);
    boolean whole = grown.isEmpty();
    return new ScaleResult(
        name(),
        grown,
        size,
        cost.seconds(),
        cost.busyShare(),
        cost.heapMegabytes(),
        cost.milliseconds(),
        whole ? Optional.of(target()) : Optional.empty(),
        whole ? Optional.of(met(cost)) : Optional.empty());
  }
}
