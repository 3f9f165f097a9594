package org.modelzoo.data;

import java.lang.ref.SoftReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Values by number that the JVM may reclaim when memory gets short. Thread-safe. */
final class SoftCache<V> {
  private final Map<Integer, SoftReference<V>> references = new ConcurrentHashMap<>();

  /** Those of some values that are still there; they stay as long as the result is held. */
  Map<Integer, V> held(Collection<Integer> keys) {
    Map<Integer, V> held = new HashMap<>();
    for (int key : keys) {
      SoftReference<V> reference = references.get(key);
      V value = reference == null ? null : reference.get();
      if (value != null) {
        held.put(key, value);
      }
    }
    return held;
  }

  void putAll(Map<Integer, V> values) {
    values.forEach((key, value) -> references.put(key, new SoftReference<>(value)));
  }

  /** Whether a value was ever put and not removed, reclaimed or not. */
  boolean knows(int key) {
    return references.containsKey(key);
  }

  void retain(Set<Integer> keys) {
    references.keySet().retainAll(keys);
  }

  /** Does what the JVM may do. */
  void reclaim() {
    references.values().forEach(SoftReference::clear);
  }
}
