package org.modelzoo.network.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What was prepared for the last few input shapes: full and last batches of training and of
 * evaluation.
 */
final class RecentShapes<P> {
  private static final int KEPT = 4;

  private final Map<List<Long>, P> prepared =
      new LinkedHashMap<>(KEPT, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Long>, P> eldest) {
          return size() > KEPT;
        }
      };

  private final Function<long[], P> preparation;

  RecentShapes(Function<long[], P> preparation) {
    this.preparation = preparation;
  }

  /** What belongs to images of these sizes; prepared if it is not there. */
  P of(long... sizes) {
    List<Long> key = List.of(sizes[0], sizes[1], sizes[2], sizes[3]);
    return prepared.computeIfAbsent(key, unused -> preparation.apply(sizes));
  }
}
