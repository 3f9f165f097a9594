package org.modelzoo.board.use;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.modelzoo.network.Device;
import org.modelzoo.zoo.Zoo;

/** The zoos that were used last, in memory. One thread uses it. */
final class LoadedZoos implements AutoCloseable {
  /** Of all of them together. */
  static final long MOST_BYTES = 512L << 20;

  private static final int MOST = 4;

  /** The one used last comes first. */
  private final Deque<Loaded> loaded = new ArrayDeque<>();

  /** A zoo with what it was loaded by. */
  private record Loaded(WantedZoo wanted, Zoo zoo) {}

  /**
   * The zoo, loaded if it isn't yet or is another one by now; others make room for it.
   *
   * @throws org.modelzoo.base.ModelZooException (data) if a model is damaged, (cluster) if the file
   *     system fails
   */
  Zoo get(WantedZoo wanted) {
    closeIf(
        it ->
            it.wanted().isOfSamePlace(wanted) && !it.wanted().manifest().equals(wanted.manifest()));
    Loaded found = take(wanted);
    if (found == null) {
      while (!loaded.isEmpty()
          && (loaded.size() >= MOST || bytes() + wanted.bytes() > MOST_BYTES)) {
        loaded.removeLast().zoo().close();
      }
      found = new Loaded(wanted, Zoo.load(wanted.saved(), wanted.manifest(), Device.processor(1)));
    }
    loaded.addFirst(found);
    return found.zoo();
  }

  private Loaded take(WantedZoo wanted) {
    for (Iterator<Loaded> all = loaded.iterator(); all.hasNext(); ) {
      Loaded one = all.next();
      if (one.wanted().isOfSamePlace(wanted)) {
        all.remove();
        return one;
      }
    }
    return null;
  }

  private long bytes() {
    return loaded.stream().mapToLong(it -> it.wanted().bytes()).sum();
  }

  private void closeIf(Predicate<Loaded> condition) {
    for (Iterator<Loaded> all = loaded.iterator(); all.hasNext(); ) {
      Loaded one = all.next();
      if (condition.test(one)) {
        all.remove();
        one.zoo().close();
      }
    }
  }

  /** How many are loaded. */
  int size() {
    return loaded.size();
  }

  @Override
  public void close() {
    closeIf(one -> true);
  }
}
