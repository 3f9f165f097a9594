/**
 * Trained zoos to use: loading, predictions with the ensemble, and archives.
 *
 * <p>May use {@code base}, {@code config}, {@code data}, {@code network}, {@code store} and {@code
 * boosting}. Runs wherever the zoo is used: on driver and executors, and in programs without Spark.
 */
package org.modelzoo.zoo;
