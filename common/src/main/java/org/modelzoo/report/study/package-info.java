/**
 * The report of a study, read from its log.
 *
 * <p>May use what {@code report} may use, and its {@code page}. Runs on the driver.
 */
package org.modelzoo.report.study;
