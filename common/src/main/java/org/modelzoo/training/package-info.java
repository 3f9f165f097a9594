/**
 * The training of one member on one machine: epochs, learning rates, checkpoints, and the outcome
 * it leaves.
 *
 * <p>May use {@code base}, {@code config}, {@code data}, {@code network} and {@code store}. Runs on
 * executors; outcomes are read on the driver.
 */
package org.modelzoo.training;
