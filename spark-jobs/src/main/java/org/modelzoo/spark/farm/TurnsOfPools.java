package org.modelzoo.spark.farm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tasks of one job that wait, by their pools, which take turns. For one thread at a time. */
final class TurnsOfPools {
  /** The pools that have tasks waiting; the first one is next. */
  private final Map<String, Deque<Dispatcher.Task>> waiting = new LinkedHashMap<>();

  void add(String pool, Dispatcher.Task task) {
    waiting.computeIfAbsent(pool, name -> new ArrayDeque<>()).add(task);
  }

  /** The first task of the pool whose turn it is; the pool goes to the end of the line. */
  Dispatcher.Task remove() {
    String pool = waiting.keySet().iterator().next();
    Deque<Dispatcher.Task> tasks = waiting.remove(pool);
    Dispatcher.Task task = tasks.remove();
    if (!tasks.isEmpty()) {
      waiting.put(pool, tasks);
    }
    return task;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
