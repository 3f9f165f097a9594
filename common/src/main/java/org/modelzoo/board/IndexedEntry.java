package org.modelzoo.board;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An entry with what it can be found by. */
public final class IndexedEntry {
  private final Entry entry;
  private final ConfigKeys keys;
  private final String words;

  public IndexedEntry(Entry entry, ConfigKeys keys) {
    this.entry = entry;
    this.keys = keys;
    this.words =
        Stream.of(
                entry.name(),
                entry.path(),
                entry.subject().method(),
                entry.subject().data(),
                entry.subject().network(),
                entry.owner())
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n"))
            .toLowerCase(Locale.ROOT);
  }

  public Entry entry() {
    return entry;
  }

  /** Whether name, path, method, data, network or owner hold this, in lower case. */
  boolean mentions(String word) {
    return words.contains(word);
  }

  /** A column's value, or else that of a configuration key; null where there is neither. */
  Object value(String key) {
    return EntryFields.has(key) ? EntryFields.value(entry, key) : keys.value(key);
  }

  /** Whether everything is as in another one. */
  boolean isAs(IndexedEntry other) {
    return other != null && keys == other.keys && entry.equals(other.entry);
  }
}
