/**
 * Measures training steps and evaluations in processes of their own, and makes up runs for what is
 * measured elsewhere.
 *
 * <p>May use {@code base}, {@code config}, {@code data}, {@code network}, {@code store}, {@code
 * training}, {@code search}, {@code run} and {@code report}. Runs without Spark, on the machine
 * that is measured.
 */
package org.modelzoo.benchmark;
