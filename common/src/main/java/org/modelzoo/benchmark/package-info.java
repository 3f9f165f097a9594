/**
 * Measures training steps and evaluations in processes of their own.
 *
 * <p>May use {@code base}, {@code config}, {@code data}, {@code network}, {@code store}, {@code
 * training} and {@code search}. Runs without Spark, on the machine that is measured.
 */
package org.modelzoo.benchmark;
