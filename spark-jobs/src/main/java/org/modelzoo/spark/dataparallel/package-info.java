/**
 * Trains one member on several executors at once, which average their parameters.
 *
 * <p>May use {@code farm}, {@code job} and {@code event}. Runs on the driver; replicas run on
 * executors.
 */
package org.modelzoo.spark.dataparallel;
