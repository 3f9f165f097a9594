/**
 * Networks on Deeplearning4j: its graph with our layers, our steps and predictions. The engine for
 * processors, and with ND4J's backend for CUDA 11.6 for older cards.
 *
 * <p>May use {@code base} and {@code config}, and of {@code network} all but other engines. Runs on
 * executors.
 */
package org.modelzoo.network.dl4j;
