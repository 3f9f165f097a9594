/**
 * Work on a directory: training from the opening of the run to its last committed round, and the
 * files that it leaves.
 *
 * <p>May use {@code farm}, {@code progress} and {@code event}. Runs on the driver; units of members
 * run on executors.
 */
package org.modelzoo.spark.job;
