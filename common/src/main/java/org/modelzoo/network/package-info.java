/**
 * Networks as Deeplearning4j runs them: what a configuration asks for, model files, training steps,
 * predictions, and the native libraries beneath.
 *
 * <p>May use {@code base} and {@code config}. Runs on driver and executors.
 */
package org.modelzoo.network;
