/**
 * Studies of hyper-parameters: trials, their log, and the decisions that follow from it.
 *
 * <p>May use {@code base}, {@code config} and {@code metrics}. Runs on the driver.
 */
package org.modelzoo.search;
