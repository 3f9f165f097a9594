package org.modelzoo.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All entries of all roots. Roots put in what they found, readers take a consistent view of it;
 * nobody waits for a file system. Thread-safe.
 */
public final class BoardIndex {
  private final Map<String, Map<String, IndexedEntry>> byRoot = new LinkedHashMap<>();
  private final List<Consumer<Changes>> listeners = new CopyOnWriteArrayList<>();
  private volatile View view = new View(0, Map.of());

  /**
   * What is different since the version before.
   *
   * @param changed ids of entries that are new or not as they were
   */
  public record Changes(long version, List<String> changed, List<String> removed) {
    public Changes {
      changed = List.copyOf(changed);
      removed = List.copyOf(removed);
    }
  }

  /** Everything at one time. */
  private record View(long version, Map<String, IndexedEntry> entries) {}

  /**
   * Entries in an order.
   *
   * @param total of the board
   * @param matching of the filter
   */
  public record Page(long version, int total, int matching, int offset, List<Entry> entries) {}

  /** Takes what a root holds now, in place of what it held before. */
  public synchronized void put(String root, Map<String, IndexedEntry> entries) {
    Map<String, IndexedEntry> before = byRoot.getOrDefault(root, Map.of());
    List<String> changed = new ArrayList<>();
    entries.forEach(
        (id, entry) -> {
          if (!entry.isAs(before.get(id))) {
            changed.add(id);
          }
        });
    List<String> removed = before.keySet().stream().filter(id -> !entries.containsKey(id)).toList();
    byRoot.put(root, entries);
    if (changed.isEmpty() && removed.isEmpty()) {
      return;
    }
    Map<String, IndexedEntry> all = new LinkedHashMap<>();
    byRoot.values().forEach(all::putAll);
    Changes changes = new Changes(view.version + 1, changed, removed);
    view = new View(changes.version(), all);
    listeners.forEach(listener -> listener.accept(changes));
  }

  /** An entry by its id. */
  public Optional<IndexedEntry> find(String id) {
    return Optional.ofNullable(view.entries.get(id));
  }

  /** Grows with every change. */
  public long version() {
    return view.version;
  }

  /** All entries that a filter lets through. */
  public Page page(
      Predicate<IndexedEntry> filter, Comparator<IndexedEntry> order, int offset, int limit) {
    View now = view;
    List<IndexedEntry> matching =
        now.entries.values().stream().filter(filter).sorted(order).toList();
    return new Page(
        now.version,
        now.entries.size(),
        matching.size(),
        offset,
        matching.stream().skip(offset).limit(limit).map(IndexedEntry::entry).toList());
  }

  /** How many entries there are of each state. */
  public Map<EntryState, Integer> states() {
    Map<EntryState, Integer> states = new LinkedHashMap<>();
    for (EntryState state : EntryState.values()) {
      states.put(state, 0);
    }
    view.entries.values().forEach(entry -> states.merge(entry.entry().state(), 1, Integer::sum));
    return states;
  }

  /** Hears of every change from now on, on the thread of a root, which must not be held up. */
  public void listen(Consumer<Changes> listener) {
    listeners.add(listener);
  }

  /** Hears of no further changes. */
  public void unlisten(Consumer<Changes> listener) {
    listeners.remove(listener);
  }
}
