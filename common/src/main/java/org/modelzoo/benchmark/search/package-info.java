/**
 * Compares samplers and schedulers on functions whose best values are known.
 *
 * <p>May use what {@code benchmark} may use. Runs without Spark, in the process of the command.
 */
package org.modelzoo.benchmark.search;
