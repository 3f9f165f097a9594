/**
 * Families of tasks whose images are drawn from a seed, for trials without a data set.
 *
 * <p>May use {@code base} and {@code config}. Runs on driver and executors.
 */
package org.modelzoo.synthetic;
