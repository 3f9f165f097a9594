/**
 * Records runs, studies and sweeps for TensorBoard and MLflow.
 *
 * <p>May use {@code event}. Runs on the driver.
 */
package org.modelzoo.spark.tracker;
