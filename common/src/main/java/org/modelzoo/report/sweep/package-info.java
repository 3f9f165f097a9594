/**
 * The report of a sweep, read from the directories of its experiments.
 *
 * <p>May use what {@code report} may use, and its {@code page}. Runs on the driver.
 */
package org.modelzoo.report.sweep;
