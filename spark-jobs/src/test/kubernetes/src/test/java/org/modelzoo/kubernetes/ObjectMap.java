package org.modelzoo.kubernetes;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A map whose entries can be looked through while others change it. */
final class ObjectMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  @Override
  public synchronized V get(Object key) {
    return super.get(key);
  }

  @Override
  public synchronized V put(K key, V value) {
    return super.put(key, value);
  }

  @Override
  public synchronized V remove(Object key) {
    return super.remove(key);
  }

  /** A copy. */
  @Override
  public synchronized Set<Map.Entry<K, V>> entrySet() {
    return new LinkedHashSet<>(super.entrySet());
  }
}
