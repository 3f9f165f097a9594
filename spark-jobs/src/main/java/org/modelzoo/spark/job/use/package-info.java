/**
 * Uses of a trained zoo: evaluation, and predictions of images and tables.
 *
 * <p>May use {@code farm} and {@code event}. Runs on the driver; partitions run on executors.
 */
package org.modelzoo.spark.job.use;
