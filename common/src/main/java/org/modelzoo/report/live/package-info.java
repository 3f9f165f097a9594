/**
 * A command at work as its directory tells of it: how far it is, and what became of its driver.
 *
 * <p>May use what {@code report} may use. Runs on the driver, and wherever somebody watches one.
 */
package org.modelzoo.report.live;
