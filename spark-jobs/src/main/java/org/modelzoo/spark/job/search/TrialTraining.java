package org.modelzoo.spark.job.search;

import java.util.concurrent.CompletableFuture;
import org.modelzoo.search.RungReport;

/** Brings trials from one resource to the next. Lives on the driver. */
interface TrialTraining {
  /**
   * Starts a rung, and doesn't wait for it.
   *
   * @return what came of it; a {@link org.modelzoo.base.ModelZooException} where it ended for
   *     reasons that are not the trial's
   */
  CompletableFuture<RungReport> start(TrialRung rung);
}
