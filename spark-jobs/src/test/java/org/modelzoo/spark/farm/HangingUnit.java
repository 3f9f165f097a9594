package org.modelzoo.spark.farm;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Hangs in its first attempts, deaf to interruption as native code is; in local mode. */
record HangingUnit(String id, int hangingAttempts) implements Unit<String> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, AtomicInteger> ATTEMPTS = new ConcurrentHashMap<>();
  private static final Map<String, CountDownLatch> ENDS = new ConcurrentHashMap<>();

  /** How often it was started. */
  int attempts() {
    return ATTEMPTS.getOrDefault(id, new AtomicInteger()).get();
  }

  /** Lets the attempts that hang come back to life. */
  void release() {
    ENDS.computeIfAbsent(id, name -> new CountDownLatch(1)).countDown();
  }

  @Override
  public String pool() {
    return "test";
  }

  @Override
  public String description() {
    return id;
  }

  @Override
  public String run(UnitContext context) {
    int attempt = ATTEMPTS.computeIfAbsent(id, name -> new AtomicInteger()).incrementAndGet();
    if (attempt <= hangingAttempts) {
      CountDownLatch end = ENDS.computeIfAbsent(id, name -> new CountDownLatch(1));
      while (end.getCount() > 0) {
        try {
          end.await();
        } catch (InterruptedException e) {
          // Deaf.
        }
      }
    }
    return "attempt " + attempt;
  }
}
