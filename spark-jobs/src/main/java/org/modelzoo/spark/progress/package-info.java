/**
 * Shows work in progress: on the terminal, as lines, and in the directory of a run.
 *
 * <p>May use {@code event}. Runs on the driver.
 */
package org.modelzoo.spark.progress;
