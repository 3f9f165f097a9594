package org.modelzoo.board.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.benchmark.GeneratedRuns;
import org.modelzoo.board.BoardIndex;
import org.modelzoo.board.Filter;
import org.modelzoo.board.Order;
import org.modelzoo.report.run.RunFixture;

/** Thousands of runs in one directory. The bounds are generous: machines of tests are slow. */
@Tag("full")
@Timeout(900)
class BoardScaleTest {
  private static final int RUNS = 5000;

  /** Of runs 1000 to 1499 those above 0.6: 74 in every hundred. */
  private static final int IN_FILTER = 370;

  @TempDir private Path directory;

  @Test
  void fiveThousandRunsAreFoundFilteredAndFollowed() throws Exception {
    GeneratedRuns.write(directory, RUNS);
    BoardIndex index = new BoardIndex();
    System.gc();
    long before = usedBytes();
    long started = System.nanoTime();
    try (BoardRoot root = BoardRoot.start(directory.toString(), new Configuration(), index)) {
      assertThat(root.awaitFirstLook(Duration.ofMinutes(10))).isTrue();
      double firstLook = seconds(started);
      System.gc();
      long megabytes = (usedBytes() - before) >> 20;

      long asked = System.nanoTime();
      assertThat(page(index, "").matching()).isEqualTo(RUNS);
      double firstPage = seconds(asked);
      page(index, "run-1 training.learning-rate<1"); // So that code is compiled.
      asked = System.nanoTime();
      assertThat(page(index, "run-1 accuracy>0.6 training.learning-rate<=0.0015").matching())
          .isEqualTo(IN_FILTER);
      double filter = seconds(asked);

      System.out.printf(
          "%d runs: first look %.1f s, first page %.0f ms, filter %.0f ms, %d MB%n",
          RUNS, firstLook, 1000 * firstPage, 1000 * filter, megabytes);

      RunFixture.finished(directory.resolve("appears"));
      long appeared = System.nanoTime();
      while (page(index, "appears").matching() == 0) {
        assertThat(seconds(appeared)).isLessThan(60);
        Thread.sleep(50);
      }
      System.out.printf("a new one after %.1f s%n", seconds(appeared));
      assertThat(firstPage).isLessThan(2);
      assertThat(filter).isLessThan(2);
      assertThat(megabytes).isLessThan(1000);
    }
  }

  private static BoardIndex.Page page(BoardIndex index, String filter) {
    return index.page(Filter.of(filter), Order.of("-accuracy"), 0, 100);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static long usedBytes() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
