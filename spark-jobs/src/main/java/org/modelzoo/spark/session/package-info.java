/**
 * The Spark application: its settings, start and end, and the farm that its executors make.
 *
 * <p>May use {@code dataparallel}, {@code farm}, {@code job} and {@code event}. Runs on the driver,
 * where commands start.
 */
package org.modelzoo.spark.session;
