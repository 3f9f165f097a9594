package org.modelzoo.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which class is taken for which.
 *
 * @param counts images by true class (row) and predicted class (column)
 */
public record ConfusionMatrix(List<List<Long>> counts) implements Serializable {
  public ConfusionMatrix {
    counts = counts.stream().map(List::copyOf).toList();
    int classes = counts.size();
    if (counts.stream().anyMatch(row -> row.size() != classes)) {
      throw new IllegalArgumentException("a confusion matrix is square");
    }
  }

  /**
   * Counts images.
   *
   * @param truth true class of each
   * @param predicted predicted class of each
   */
  public static ConfusionMatrix of(int classes, short[] truth, int[] predicted) {
    if (truth.length != predicted.length) {
      throw new IllegalArgumentException(truth.length + " and " + predicted.length + " classes");
    }
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < truth.length; i++) {
      counts[truth[i]][predicted[i]]++;
    }
    List<List<Long>> rows = new ArrayList<>();
    for (long[] row : counts) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return new ConfusionMatrix(rows);
  }

  /** All images. */
  public long images() {
    return counts.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
  }

  /** Images whose predicted class is the true one. */
  public long correct() {
    long correct = 0;
    for (int label = 0; label < counts.size(); label++) {
      correct += counts.get(label).get(label);
    }
    return correct;
  }
}
