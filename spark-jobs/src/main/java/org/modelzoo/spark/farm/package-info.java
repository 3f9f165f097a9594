/**
 * Spreads units of work over executors: slots, GPUs, attempts, fair shares, and the answers that
 * come back.
 *
 * <p>May use {@code event}. Runs on the driver; units and what binds them to devices run on
 * executors.
 */
package org.modelzoo.spark.farm;
