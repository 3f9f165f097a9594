/**
 * The method itself: which tasks the members of a round train on, by the ensemble's losses so far,
 * and the ensemble of a task.
 *
 * <p>May use {@code base}, {@code config} and {@code metrics}. Runs on the driver.
 */
package org.modelzoo.boosting;
