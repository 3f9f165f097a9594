/**
 * Downloads published data sets and checks them.
 *
 * <p>May use {@code base}, {@code config} and {@code store}. Runs where the command is given,
 * without Spark.
 */
package org.modelzoo.fetch;
