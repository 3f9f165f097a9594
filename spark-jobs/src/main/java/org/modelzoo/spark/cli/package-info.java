/**
 * The program's commands: their options, output and exit statuses.
 *
 * <p>May use every room; no room uses it. Runs in the driver's process.
 */
package org.modelzoo.spark.cli;
