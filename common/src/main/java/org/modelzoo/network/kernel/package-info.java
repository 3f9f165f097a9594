/**
 * The computations of layers, forward and backward, through oneDNN or ND4J's own operations.
 *
 * <p>May use {@code base} and {@code config}. Runs on driver and executors.
 */
package org.modelzoo.network.kernel;
