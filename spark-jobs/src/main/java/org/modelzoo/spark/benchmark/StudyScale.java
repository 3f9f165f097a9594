package org.modelzoo.spark.benchmark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.Unit;

/**
 * A finished study opened from its log on a local disk, as when its search is continued: the log is
 * read and written anew, every decision is taken again, the tables are written.
 */
public final class StudyScale implements ScaleMeasurement {
  /** Nothing is left to be trained. */
  private static final Farm NO_FARM =
      new Farm() {
        @Override
        public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
          throw new IllegalStateException("the study is finished");
        }

        @Override
        public int slots() {
          return 1;
        }

        @Override
        public void close() {
          // Nothing waits and nothing runs.
        }
      };

  private static final long LARGEST_PAGE = 5_000_000;

  private final CaseSize size;

  /** A measurement. */
  public StudyScale(int trials) {
    this.size = CaseSize.of("trials", trials);
  }

  @Override
  public String name() {
    return "study";
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
      search.writeLog();
      long started = System.nanoTime();
      String table = search.run(NO_FARM);
      double seconds = (System.nanoTime() - started) / 1e9;
      if (Files.size(search.report()) > LARGEST_PAGE) {
        throw new IllegalStateException("the report has more than 5 MB");
      }
      if (!table.contains("%d trials: ".formatted(size.get("trials")))) {
        throw new IllegalStateException("another study: " + table);
      }
      return new Cost(seconds, Optional.empty(), heap.mostMegabytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String target() {
    return "below 10 s, page below 5 MB";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.seconds() < 10;
  }
}
