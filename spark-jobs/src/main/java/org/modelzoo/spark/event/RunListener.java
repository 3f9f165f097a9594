package org.modelzoo.spark.event;

/** Hears everything that happens in a run, on the driver, from several threads. */
@FunctionalInterface
public interface RunListener {
  void on(RunEvent event);
}
