/**
 * Schedulers: which trial is trained further, and which is stopped early.
 *
 * <p>May use {@code base} and {@code config}. Runs on the driver.
 */
package org.modelzoo.search.scheduler;
