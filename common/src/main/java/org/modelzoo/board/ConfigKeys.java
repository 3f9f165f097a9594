package org.modelzoo.board;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The configuration of a run, key by key, as thousands of them fit in memory: equal texts and equal
 * lists of keys are held once. Immutable.
 */
public final class ConfigKeys {
  public static final ConfigKeys NONE = new ConfigKeys(new Keys(new String[0]), new String[0]);

  /** So many different texts are shared; further ones are not. */
  private static final int MOST_SHARED = 200_000;

  private static final Map<Object, Object> SHARED = new ConcurrentHashMap<>();

  private final Keys keys;
  private final String[] values;

  private ConfigKeys(Keys keys, String[] values) {
    this.keys = keys;
    this.values = values;
  }

  /** Of all keys with their values. */
  public static ConfigKeys of(SortedMap<String, String> flat) {
    String[] keys = flat.keySet().stream().map(ConfigKeys::shared).toArray(String[]::new);
    String[] values = flat.values().stream().map(ConfigKeys::shared).toArray(String[]::new);
    return new ConfigKeys(shared(new Keys(keys)), values);
  }

  @SuppressWarnings("unchecked")
  private static <T> T shared(T value) {
    if (SHARED.size() >= MOST_SHARED) {
      T known = (T) SHARED.get(value);
      return known == null ? value : known;
    }
    T before = (T) SHARED.putIfAbsent(value, value);
    return before == null ? value : before;
  }

  /** The value of a key such as {@code training.epochs}; null where there is none. */
  public String value(String key) {
    int at = Arrays.binarySearch(keys.names, key);
    return at < 0 ? null : values[at];
  }

  private record Keys(String[] names) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Keys keys && Arrays.equals(names, keys.names);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(names);
    }
  }
}
