/**
 * Sweeps: many experiments trained side by side.
 *
 * <p>May use {@code job} and what it may use. Runs on the driver.
 */
package org.modelzoo.spark.job.sweep;
