/**
 * Spaces of hyper-parameters: scales, choices and conditions.
 *
 * <p>May use {@code base} and {@code config}. Runs on the driver.
 */
package org.modelzoo.search.space;
