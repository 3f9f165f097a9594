package org.modelzoo.board.scan;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.fs.Path;
import org.modelzoo.board.Entry;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.metrics.ContinualMeasures;
import org.modelzoo.store.RunFiles;

/**
 * How accuracy went over a run's rounds, in what a row of the table needs.
 *
 * @param rounds that it is of
 * @param averages after at most so many rounds as a row shows, the last one among them
 * @param forgetting null before the first round
 */
record Course(int rounds, List<Double> averages, Double forgetting) {
  static final Course NONE = new Course(0, List.of(), null);

  Course {
    averages = List.copyOf(averages);
  }

  /** The last average; null before the first round. */
  Double accuracy() {
    return averages.isEmpty() ? null : averages.get(averages.size() - 1);
  }

  static Course of(AccuracyMatrix matrix) {
    if (matrix.rounds() == 0) {
      return NONE;
    }
    double forgetting = ContinualMeasures.of(matrix).forgetting();
    return new Course(
        matrix.rounds(),
        thinned(IntStream.range(0, matrix.rounds()).mapToObj(matrix::average).toList()),
        Double.isNaN(forgetting) ? null : forgetting);
  }

  /**
   * Of {@code accuracy-matrix.csv}, which stands beside the rounds and is one file instead of many.
   * A task counts as learned from its first value on. Empty where it isn't such a table.
   */
  static Optional<Course> read(RunFiles files, Path table) throws IOException {
    List<Double> averages = new ArrayList<>();
    double[] best = null;
    double[] last = null;
    try (Reader text = new InputStreamReader(files.open(table), StandardCharsets.UTF_8)) {
      boolean header = true;
      for (CSVRecord row : CSVFormat.DEFAULT.parse(text)) {
        if (header) {
          best = new double[row.size() - 1];
          header = false;
          continue;
        }
        last = values(row, best.length);
        averages.add(
            IntStream.range(0, last.length)
                .mapToDouble(at(last))
                .filter(it -> !Double.isNaN(it))
                .average()
                .orElse(Double.NaN));
        for (int task = 0; task < best.length; task++) {
          best[task] = Math.max(best[task], Double.isNaN(last[task]) ? 0 : last[task]);
        }
      }
    } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
    if (last == null || averages.stream().anyMatch(it -> !(it >= 0 && it <= 1))) {
      return Optional.empty();
    }
    double lost = 0;
    int known = 0;
    for (int task = 0; task < last.length; task++) {
      if (!Double.isNaN(last[task])) {
        lost += best[task] - last[task];
        known++;
      }
    }
    return Optional.of(new Course(averages.size(), thinned(averages), lost / known));
  }

  private static java.util.function.IntToDoubleFunction at(double[] values) {
    return index -> values[index];
  }

  private static double[] values(CSVRecord row, int tasks) {
    if (row.size() != tasks + 1) {
      throw new IllegalArgumentException("a row of " + row.size());
    }
    return IntStream.range(1, row.size())
        .mapToDouble(i -> row.get(i).isEmpty() ? Double.NaN : Double.parseDouble(row.get(i)))
        .toArray();
  }

  private static List<Double> thinned(List<Double> all) {
    int most = Entry.Results.MOST_POINTS;
    return all.size() <= most
        ? all
        : IntStream.range(0, most)
            .mapToObj(i -> all.get((int) Math.round(i * (all.size() - 1.0) / (most - 1))))
            .toList();
  }
}
