package org.modelzoo.spark.benchmark;

import java.util.List;
import java.util.Optional;
import org.modelzoo.spark.farm.Farm;

/**
 * What a search costs beside the training: trials on a farm whose slots do nothing, with proposals,
 * configurations, log and tables on a local disk.
 */
public final class SearchScale implements ScaleMeasurement {
  private static final int WARM_UP = 50;

  private final Farm farm;
  private final CaseSize size;

  /** A measurement on a farm. */
  public SearchScale(Farm farm, int trials) {
    this.farm = new InventedRungs(farm);
    this.size = CaseSize.of("trials", trials).and("slots", farm.slots());
    measure(size.and("trials", WARM_UP));
  }

  @Override
  public String name() {
    return "search";
  }

  @Override
  public CaseSize size() {
    return size;
  }

  @Override
  public List<Axis> axes() {
    return List.of(new Axis("trials", 1));
  }

  @Override
  public Cost measure(CaseSize size) {
    try (TemporaryDirectory directory = new TemporaryDirectory();
        HeapWatch heap = new HeapWatch()) {
      ScaleSearch search = new ScaleSearch(size.get("trials"), directory.path());
      long started = System.nanoTime();
      String table = search.run(farm);
      double seconds = (System.nanoTime() - started) / 1e9;
      if (!table.contains("%d trials: ".formatted(size.get("trials")))) {
        throw new IllegalStateException("another search: " + table);
      }
      return new Cost(seconds, Optional.empty(), heap.mostMegabytes());
    }
  }

  @Override
  public String target() {
    return "below 60 s";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.seconds() < 60;
  }
}
