package org.modelzoo.spark.farm;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** The one door to the cluster: takes units of work, gives futures. Lives on the driver. */
public interface Farm extends AutoCloseable {
  /**
   * Queues a unit; it runs as soon as a slot is free and it is its pool's turn.
   *
   * @return its result, or a {@link org.modelzoo.base.ModelZooException} (cluster) when the cluster
   *     gave the unit up
   */
  <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit);

  /** Units that can run at the same time on what the cluster has now; at least 1. */
  int slots();

  /** Cancels what is queued or running and waits for nothing. */
  @Override
  void close();
}
