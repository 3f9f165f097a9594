/**
 * Searches of hyper-parameters, whose trials are trained side by side.
 *
 * <p>May use {@code job} and what it may use. Runs on the driver; units of trials run on executors.
 */
package org.modelzoo.spark.job.search;
