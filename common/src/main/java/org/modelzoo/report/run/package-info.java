/**
 * The report of a run, read from its directory.
 *
 * <p>May use what {@code report} may use, and its {@code page}. Runs on the driver.
 */
package org.modelzoo.report.run;
