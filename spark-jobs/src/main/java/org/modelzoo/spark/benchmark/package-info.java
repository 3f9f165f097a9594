/**
 * Measures rounds, and what driver and farm cost as a zoo grows.
 *
 * <p>May use {@code job}, {@code farm} and {@code event}. Runs on the driver.
 */
package org.modelzoo.spark.benchmark;
