/**
 * The parts of a page for a browser: sections, tables, charts and images, in one file that loads
 * nothing.
 *
 * <p>May use what {@code report} may use; knows no run, study or sweep. Runs on the driver.
 */
package org.modelzoo.report.page;
