/**
 * Networks: what a configuration asks for, model files, what training and prediction need of an
 * engine, and the native libraries beneath. Each engine is a package of its own beneath this one,
 * which {@code META-INF/services/org.modelzoo.network.Engine} names.
 *
 * <p>May use {@code base} and {@code config}. Runs on driver and executors.
 */
package org.modelzoo.network;
