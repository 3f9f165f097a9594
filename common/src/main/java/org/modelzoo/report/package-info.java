/**
 * Results as tables, CSV and summaries.
 *
 * <p>May use {@code base}, {@code config}, {@code data}, {@code boosting}, {@code search}, {@code
 * metrics} and {@code store}. Runs on the driver.
 */
package org.modelzoo.report;
