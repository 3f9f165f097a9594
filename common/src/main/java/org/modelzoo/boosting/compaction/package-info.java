/**
 * Chooses the members that a zoo can spare.
 *
 * <p>May use {@code base}, {@code config} and {@code metrics}, and the rest of {@code boosting}.
 * Runs on the driver.
 */
package org.modelzoo.boosting.compaction;
