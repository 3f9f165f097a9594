/**
 * Measures of predictions: accuracy over rounds, calibration, confusion, forgetting and transfer.
 *
 * <p>Uses no other room. Runs on driver and executors.
 */
package org.modelzoo.metrics;
