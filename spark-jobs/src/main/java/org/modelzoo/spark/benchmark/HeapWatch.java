package org.modelzoo.spark.benchmark;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Sees how much of the Java heap is in use after each garbage collection, the garbage that waits
 * for the next one left out.
 */
final class HeapWatch implements AutoCloseable {
  private static final List<String> HEAP_POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(pool -> pool.getName())
          .toList();

  private final AtomicLong most = new AtomicLong();
  private final List<NotificationEmitter> emitters = new ArrayList<>();
  private final NotificationListener listener = this::collected;

  /** Watches what collections find that happen anyway. */
  HeapWatch() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(listener, null, null);
        emitters.add(emitter);
      }
    }
  }

  /** Watches from now on, beginning with a collection, after which the heap is small. */
  static HeapWatch afterCollection() {
    HeapWatch watch = new HeapWatch();
    watch.collectNow();
    return watch;
  }

  private void collected(Notification notification, Object handback) {
    if (notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      GarbageCollectionNotificationInfo info =
          GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
      see(info.getGcInfo().getMemoryUsageAfterGc());
    }
  }

  private void see(Map<String, MemoryUsage> usage) {
    long used =
        usage.entrySet().stream()
            .filter(pool -> HEAP_POOLS.contains(pool.getKey()))
            .collect(Collectors.summingLong(pool -> pool.getValue().getUsed()));
    most.accumulateAndGet(used, Math::max);
  }

  /** Collects, while what was built is still alive, and tells the most there was, in 10⁶ bytes. */
  long mostMegabytes() {
    collectNow();
    return mostSeenMegabytes();
  }

  /** The most that a collection left, in 10⁶ bytes; collects only where there was none. */
  long mostSeenMegabytes() {
    if (most.get() == 0) {
      collectNow();
    }
    return most.get() / 1_000_000;
  }

  @SuppressWarnings("SystemGc") // The point is to know what is alive.
  private void collectNow() {
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    most.accumulateAndGet(used, Math::max);
  }

  @Override
  public void close() {
    for (NotificationEmitter emitter : emitters) {
      try {
        emitter.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("it was added", e);
      }
    }
  }
}
